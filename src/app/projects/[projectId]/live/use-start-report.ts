"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { StartReport } from "@/lib/schemas/report";
import { useTRPC } from "../../../_data/trpc";
import { useSeed } from "../../../_data/use-seed";
import { seenStartCookie, startKey } from "../model/seen-start";
import { isNoteworthy } from "../model/start-words";

/** ms between two looks while pictures settle. */
const PAUSE = 3_000;

/** What the server rendered a board with. */
export interface InitialReport {
  report: StartReport | null;
  /** The start whose report was put away on this board. */
  seen: string | null;
  /** When it was read, in ms since 1970. */
  at: number;
}

interface StartReportOptions {
  projectId: string;
  initial: InitialReport;
  /** Changes whenever a shot settles. */
  openShots: number;
  isLive: boolean;
}

/** What happened since Shotboard was started, as long as it is worth telling and was not put away. */
export function useStartReport({ projectId, initial, openShots, isLive }: StartReportOptions) {
  const trpc = useTRPC();
  const [seen, setSeen] = useState(initial.seen);
  useSeed(trpc.project.sinceStart.queryKey({ projectId }), initial.report, initial.at);
  const { data, refetch } = useQuery({
    ...trpc.project.sinceStart.queryOptions({ projectId }),
    refetchOnWindowFocus: false,
  });
  const known = useRef({ openShots, isLive });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const isSame = known.current.openShots === openShots && known.current.isLive === isLive;
    known.current = { openShots, isLive };
    // A server that was away has been started again, maybe.
    if (isSame || !isLive) return;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void refetch();
    }, PAUSE);
  }, [openShots, isLive, refetch]);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  const report = data ?? null;
  const isShown = report !== null && startKey(report.startedAt) !== seen && isNoteworthy(report);
  return {
    report: isShown ? report : null,
    putAway: () => {
      if (report === null) return;
      document.cookie = seenStartCookie(projectId, report.startedAt);
      setSeen(startKey(report.startedAt));
    },
  };
}
