import { cookies } from "next/headers";
import { cache } from "react";
import type { AppCaller } from "@/server/trpc/router";
import { openPage, orNotFound } from "../../_data/access";
import { Login } from "../../_ui/login";
import { SHOT_PARAM } from "../../_ui/shot-path";
import { BoardApp } from "./board/board-app";
import { SEEN_START_COOKIE } from "./model/seen-start";
import { parseView, VIEW_COOKIE } from "./model/view";

interface PageProps {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Title and page read the project once. */
const readProject = cache((caller: AppCaller, projectId: string) =>
  orNotFound(caller.project.get({ projectId })),
);

export async function generateMetadata({ params }: PageProps) {
  const caller = await openPage();
  if (!caller) return {};
  const project = await readProject(caller, (await params).projectId);
  return { title: project.name };
}

export default async function Page({ params, searchParams }: PageProps) {
  const caller = await openPage();
  if (!caller) return <Login />;
  const { projectId } = await params;
  const project = await readProject(caller, projectId);
  const [queue, models, styles, cast, report, search, jar] = await Promise.all([
    caller.queue.status(),
    caller.model.list(),
    caller.style.list(),
    caller.cast.list({ projectId }),
    caller.project.sinceStart({ projectId }),
    searchParams,
    cookies(),
  ]);
  const shot = search[SHOT_PARAM];
  const hasShot = project.sections.some((section) => section.sentences.some((one) => one.id === shot));
  return (
    <BoardApp
      key={projectId}
      project={project}
      queue={queue}
      models={models.items}
      styles={styles.items}
      cast={cast.items}
      view={parseView(jar.get(VIEW_COOKIE)?.value)}
      shot={hasShot ? String(shot) : null}
      report={report}
      seenStart={jar.get(SEEN_START_COOKIE)?.value ?? null}
      at={Date.now()}
    />
  );
}
