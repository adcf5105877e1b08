"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { LIMITS } from "@/lib/limits";
import type { ProjectCard, ProjectList, ProjectSort } from "@/lib/schemas/project";
import type { QueueStatus } from "@/lib/schemas/queue";
import { toProblem } from "../_data/problem";
import { useTRPC, useTRPCClient } from "../_data/trpc";
import { useDebounced } from "../_data/use-debounced";
import { useSeed } from "../_data/use-seed";
import { Button } from "../_ui/button";
import { PageFrame } from "../_ui/page-frame";
import { ProblemNote } from "../_ui/problem-note";
import { DeleteProjectDialog } from "./delete-project-dialog";
import { DuplicateDialog } from "./duplicate-dialog";
import { NewProjectDialog } from "./new-project-dialog";
import { ProjectTile, type TileAct } from "./project-tile";
import { ProjectsToolbar } from "./projects-toolbar";
import { SettingsDialog } from "./settings-dialog";

interface ProjectsPageProps {
  list: { items: ProjectCard[]; nextCursor: string | null };
  queue: QueueStatus;
  /** When the server read them, in ms since 1970. */
  at: number;
}

/** ms between two looks while pictures are being made somewhere, and otherwise: another window may start some. */
const LOOK = { busy: 3_000, quiet: 10_000 };
/** ms without a key before a search is asked for. */
const PAUSE = 150;

export function ProjectsPage({ list, queue, at }: ProjectsPageProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [isCreating, setIsCreating] = useState(false);
  const [acting, setActing] = useState<{ act: TileAct; card: ProjectCard } | null>(null);
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState<ProjectSort>("newest");
  const words = useDebounced(search.trim().slice(0, LIMITS.name), PAUSE);
  const wanted = { ...(words !== "" && { search: words }), ...(sort !== "newest" && { sort }) };
  const optionsOf = (input: ProjectList) =>
    trpc.project.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor });
  const options = optionsOf(wanted);
  useSeed(optionsOf({}).queryKey, { pages: [list], pageParams: [null] }, at);
  useSeed(trpc.queue.status.queryKey(), queue, at);
  const status = useQuery(trpc.queue.status.queryOptions());
  const projects = useInfiniteQuery({
    ...options,
    // The library's own call sends a direction too, which the API does not know.
    queryFn: ({ pageParam, signal }) =>
      client.project.list.query(
        { ...wanted, ...(typeof pageParam === "string" && { cursor: pageParam }) },
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((one) => one.generatingCount > 0))
        ? LOOK.busy
        : LOOK.quiet,
  });
  const cards = projects.data?.pages.flatMap((page) => page.items) ?? list.items;
  const isEmpty = cards.length === 0 && search === "" && words === "";

  return (
    <PageFrame isDemo={status.data?.isDemo ?? queue.isDemo}>
      {isEmpty ? (
        <h1 className="mb-5 text-title font-semibold">Projects</h1>
      ) : (
        <ProjectsToolbar
          search={search}
          sort={sort}
          onSearch={setSearch}
          onSort={setSort}
          onNew={() => setIsCreating(true)}
        />
      )}
      {projects.isRefetchError && (
        <div className="mb-5">
          <ProblemNote problem={toProblem(projects.error)}>
            <Button onClick={() => void projects.refetch()}>Try again</Button>
          </ProblemNote>
        </div>
      )}
      {cards.length === 0 && !isEmpty ? (
        <p className="rounded border border-dashed border-edge px-6 py-16 text-center text-soft">
          No project is called “{words}”.
        </p>
      ) : isEmpty ? (
        <div className="grid place-items-center rounded border border-dashed border-edge px-6 py-20 text-center">
          <div className="max-w-[380px] space-y-4">
            <h2 className="text-lead font-semibold">Begin with a script</h2>
            <p className="text-soft">
              Paste it into a new project. Every sentence becomes a shot, and one press paints them all.
            </p>
            <Button look="primary" onClick={() => setIsCreating(true)}>
              <Plus size={16} aria-hidden /> New project
            </Button>
          </div>
        </div>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(300px,100%),1fr))] gap-x-4 gap-y-6">
          {cards.map((card) => (
            <ProjectTile key={card.id} card={card} onAct={(act) => setActing({ act, card })} />
          ))}
        </ul>
      )}
      {projects.hasNextPage && (
        <div className="mt-8 flex justify-center">
          <Button isBusy={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {isCreating && <NewProjectDialog onClose={() => setIsCreating(false)} />}
      {acting && <ActDialog {...acting} onClose={() => setActing(null)} />}
    </PageFrame>
  );
}

function ActDialog({ act, card, onClose }: { act: TileAct; card: ProjectCard; onClose: () => void }) {
  if (act === "settings") return <SettingsDialog project={card} onClose={onClose} />;
  if (act === "duplicate") return <DuplicateDialog card={card} onClose={onClose} />;
  return <DeleteProjectDialog card={card} onClose={onClose} />;
}
