"use client";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { unpackBoard } from "@/lib/board/pack-board";
import type { PackedBoard } from "@/lib/schemas/board";
import type { Character } from "@/lib/schemas/character";
import type { Model } from "@/lib/schemas/model";
import type { QueueStatus } from "@/lib/schemas/queue";
import type { StartReport } from "@/lib/schemas/report";
import type { Style } from "@/lib/schemas/style";
import { toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { Drafts } from "../live/drafts";
import { useActions } from "../live/use-actions";
import { useSections } from "../live/use-sections";
import { UndoStack } from "../live/undo";
import { useLooks } from "../live/use-looks";
import { useOrder } from "../live/use-order";
import { useRun } from "../live/use-run";
import { useRunEnd } from "../live/use-run-end";
import { useProject } from "../live/use-project";
import type { BoardAddress } from "../model/board-address";
import type { View } from "../model/view";
import { OwnPicturesProvider } from "../own/own-pictures";
import { Board } from "./board";
import { BoardContext, type BoardShared } from "./board-context";
import { CastDialog } from "./cast-dialog";
import { Gone } from "./gone";
import { LookDialog } from "./look-dialog";
import { ProblemsDialog } from "./problems-dialog";

interface BoardAppProps {
  board: PackedBoard;
  queue: QueueStatus;
  models: readonly Model[];
  styles: readonly Style[];
  cast: readonly Character[];
  view: View;
  /** What the address says of how it is shown. */
  address: BoardAddress;
  report: StartReport | null;
  /** The start whose report was put away. */
  seenStart: string | null;
  /** When the server read all this, in ms since 1970. */
  at: number;
}

/** A project's board: what the server read, kept true by events. */
export function BoardApp({
  board,
  queue: firstQueue,
  at,
  models,
  styles,
  cast: firstCast,
  view,
  address,
  report,
  seenStart,
}: BoardAppProps) {
  const projectId = board.id;
  const [initial] = useState(() => {
    const { eventId, ...packed } = board;
    return { project: unpackBoard(packed), eventId, queue: firstQueue, at };
  });
  const trpc = useTRPC();
  const { project, queue, cache, isLive, isDeleted } = useProject(initial);
  const [undo] = useState(() => new UndoStack());
  const { actions, isAsking, refused, dismissRefused } = useActions(projectId, cache, undo);
  const { looks, askedLook, dismissLook } = useLooks(projectId, cache, undo);
  const shots = useOrder(projectId, cache, undo);
  const sections = useSections(projectId, cache, undo);
  const run = useRun(cache, initial);
  const [start] = useState({ report, seen: seenStart, at });
  const [drafts] = useState(() => new Drafts(toProblem));
  // Its characters may change while the board is open, in another tab.
  const cast = useQuery({
    ...trpc.cast.list.queryOptions({ projectId }),
    placeholderData: { items: [...firstCast], nextCursor: null },
  }).data?.items;
  const [isCastOpen, setIsCastOpen] = useState(false);
  const openCast = useCallback(() => setIsCastOpen(true), []);
  const shared = useMemo<BoardShared>(
    () => ({
      projectId,
      cache,
      actions,
      looks,
      shots,
      sections,
      undo,
      drafts,
      models,
      styles,
      cast: cast ?? firstCast,
      openCast,
    }),
    [
      openCast,
      projectId,
      cache,
      actions,
      looks,
      shots,
      sections,
      undo,
      drafts,
      models,
      styles,
      cast,
      firstCast,
    ],
  );

  useRunEnd(projectId, project.name, run);
  // What could not be stored while the server was away is stored when it is back.
  useEffect(() => {
    if (isLive) void drafts.storeAll();
  }, [isLive, drafts]);
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (!drafts.hasAny) return;
      void drafts.storeAll();
      event.preventDefault();
    };
    addEventListener("beforeunload", leave);
    return () => removeEventListener("beforeunload", leave);
  }, [drafts]);

  if (isDeleted) return <Gone name={project.name} drafts={drafts} />;
  return (
    <BoardContext.Provider value={shared}>
      <OwnPicturesProvider project={project}>
        <Board
          project={project}
          queue={queue}
          run={run}
          isLive={isLive}
          isAsking={isAsking}
          initialView={view}
          address={address}
          start={start}
        />
      </OwnPicturesProvider>
      {isCastOpen && (
        <CastDialog
          sentences={project.sections.flatMap((section) => section.sentences)}
          onClose={() => setIsCastOpen(false)}
        />
      )}
      {askedLook && <LookDialog asked={askedLook} models={models} styles={styles} onClose={dismissLook} />}
      {refused && (
        <ProblemsDialog
          refused={refused}
          onClose={dismissRefused}
          onAnyway={() => {
            dismissRefused();
            void refused.anyway();
          }}
        />
      )}
    </BoardContext.Provider>
  );
}
