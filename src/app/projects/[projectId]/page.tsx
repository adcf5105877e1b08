import { cookies } from "next/headers";
import { cache } from "react";
import type { AppCaller } from "@/server/trpc/router";
import { openPage, orNotFound } from "../../_data/access";
import { Login } from "../../_ui/login";
import { BoardApp } from "./board/board-app";
import { parseAddress } from "./model/board-address";
import { SEEN_START_COOKIE } from "./model/seen-start";
import { parseView, VIEW_COOKIE } from "./model/view";

interface PageProps {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Title and page read the project once. */
const readBoard = cache((caller: AppCaller, projectId: string) =>
  orNotFound(caller.project.board({ projectId })),
);

export async function generateMetadata({ params }: PageProps) {
  const caller = await openPage();
  if (!caller) return {};
  const { name } = await readBoard(caller, (await params).projectId);
  return { title: name };
}

export default async function Page({ params, searchParams }: PageProps) {
  const caller = await openPage();
  if (!caller) return <Login />;
  const { projectId } = await params;
  const board = await readBoard(caller, projectId);
  const [queue, models, styles, cast, report, search, jar] = await Promise.all([
    caller.queue.status(),
    caller.model.list(),
    caller.style.list(),
    caller.cast.list({ projectId }),
    caller.project.sinceStart({ projectId }),
    searchParams,
    cookies(),
  ]);
  const address = parseAddress(
    new URLSearchParams(Object.entries(search).flatMap(([name, value]) => [[name, String(value ?? "")]])),
  );
  const view = parseView(jar.get(VIEW_COOKIE)?.value);
  return (
    <BoardApp
      key={projectId}
      board={board}
      queue={queue}
      models={models.items}
      styles={styles.items}
      cast={cast.items}
      view={{ ...view, layout: address.layout ?? view.layout }}
      address={address}
      report={report}
      seenStart={jar.get(SEEN_START_COOKIE)?.value ?? null}
      at={Date.now()}
    />
  );
}
