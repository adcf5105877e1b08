"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { MemoryStick, Pause, Play, RefreshCw, Unplug } from "lucide-react";
import type { Lane } from "@/lib/schemas/queue";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { Button } from "../_ui/button";
import { ProblemNote } from "../_ui/problem-note";
import { useToast } from "../_ui/toast-store";
import { clock } from "../_ui/wording";
import { ActivityList } from "./activity-list";
import { isInTrouble, laneName, laneWords } from "./lane-light";
import { Light } from "./light";
import { MemoryBar } from "./memory-bar";
import { ModelReadiness } from "./model-readiness";

interface LaneCardProps {
  lane: Lane;
  /** Whether there are others, so that this one can be paused by itself. */
  hasOthers: boolean;
  onPause: (isPaused: boolean, lane: string) => void;
  /** null: COMFYUI_URL names it. */
  onDisconnect: (() => void) | null;
}

/** One connected ComfyUI: its state, what it does, what the models lack on it. */
export function LaneCard({ lane, hasOthers, onPause, onDisconnect }: LaneCardProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const { url } = lane;
  const { tone, label, detail } = laneWords(lane);
  const canTryNow = isInTrouble(lane);
  const isThere = lane.state !== "waiting";
  const report = useQuery({
    ...trpc.server.inspect.queryOptions({ url }),
    enabled: isThere,
    staleTime: 30_000,
    retry: false,
  });
  const free = useMutation(
    trpc.server.free.mutationOptions({
      onSuccess: () =>
        toast(
          lane.queueRemaining
            ? { title: "Its memory is freed after the present picture." }
            : { title: "ComfyUI frees its memory.", text: "The next picture loads the model again." },
        ),
    }),
  );
  return (
    <li className="rounded bg-raised p-4">
      <div className="flex items-start gap-3">
        <span className="pt-[7px]">
          <Light tone={tone} />
        </span>
        <div className="min-w-0 flex-1">
          <h3 className="flex flex-wrap gap-x-2">
            <span className="font-medium">{laneName(lane, false)}</span>
            <span className="text-soft">{label}</span>
          </h3>
          <p className="wrap-anywhere text-meta text-muted">
            {url}
            {lane.version && ` · ComfyUI ${lane.version}`}
          </p>
          {lane.vramTotal !== null && lane.vramFree !== null && (
            <MemoryBar total={lane.vramTotal} free={lane.vramFree} />
          )}
          {detail && <p className="mt-1 text-soft">{detail}</p>}
          {canTryNow && lane.retryAt && (
            <p className="text-meta text-muted" suppressHydrationWarning>
              It is asked again by itself, next at {clock(Date.parse(lane.retryAt))}.
            </p>
          )}
        </div>
      </div>
      <div className="pl-5">
        {isThere && <ActivityList url={url} />}
        {report.data && (
          <div className="mt-3 space-y-1.5">
            <h4 className="flex items-center gap-2 text-meta text-muted">Models on it</h4>
            <ModelReadiness models={report.data.models} />
          </div>
        )}
        {(free.error ?? (isThere && report.error)) && (
          <div className="mt-3">
            <ProblemNote problem={toProblem(free.error ?? report.error)} />
          </div>
        )}
        <div className="mt-3 flex flex-wrap gap-2">
          {canTryNow && <Button onClick={() => onPause(false, url)}>Try now</Button>}
          {hasOthers && !canTryNow && (
            <Button onClick={() => onPause(lane.state !== "paused", url)}>
              {lane.state === "paused" ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
              {lane.state === "paused" ? "Resume" : "Pause"}
            </Button>
          )}
          {isThere && (
            <>
              <Button isBusy={free.isPending} onClick={() => free.mutate({ url })}>
                <MemoryStick size={14} aria-hidden /> Free GPU memory
              </Button>
              <Button look="quiet" isBusy={report.isFetching} onClick={() => void report.refetch()}>
                <RefreshCw size={14} aria-hidden /> Check the models again
              </Button>
            </>
          )}
          {onDisconnect && (
            <Button look="quiet" onClick={onDisconnect}>
              <Unplug size={14} aria-hidden /> Disconnect
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
