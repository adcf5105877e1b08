"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { MemoryStick, RefreshCw, Unplug } from "lucide-react";
import type { Lane, QueueStatus } from "@/lib/schemas/queue";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { Button } from "../_ui/button";
import { ProblemNote } from "../_ui/problem-note";
import { useToast } from "../_ui/toast-store";
import { ActivityList } from "./activity-list";
import { laneName, laneWords } from "./lane-light";
import { LaneHistory } from "./lane-history";
import { LanePauseButton } from "./lane-pause-button";
import { LaneRetry, LaneState } from "./lane-state";
import { Light } from "./light";
import { MemoryBar } from "./memory-bar";
import { ModelReadiness, type NamedModel } from "./model-readiness";

interface LaneCardProps {
  lane: Lane;
  queue: QueueStatus;
  /** Those that are switched on. */
  models: readonly NamedModel[];
  onPause: (isPaused: boolean, lane?: string, reason?: string) => void;
  /** null: COMFYUI_URL names it. */
  onDisconnect: (() => void) | null;
}

/** One ComfyUI: its state, what it does, what the models lack on it, what happened to it. */
export function LaneCard({ lane, queue, models, onPause, onDisconnect }: LaneCardProps) {
  const { url } = lane;
  const { isDemo } = queue;
  const name = laneName(lane, isDemo);
  const { tone, label } = laneWords(lane);
  return (
    <li className="rounded bg-raised p-4" aria-label={name}>
      <div className="flex items-start gap-3">
        <span className="pt-[7px]">
          <Light tone={tone} />
        </span>
        <div className="min-w-0 flex-1">
          <h3 className="flex flex-wrap gap-x-2">
            <span className="font-medium">{name}</span>
            <span className="text-soft">{label}</span>
            <span className="ml-auto text-muted max-sm:hidden">
              <LaneRetry lane={lane} />
            </span>
          </h3>
          <p className="wrap-anywhere text-meta text-muted">
            {isDemo ? "Built in" : url}
            {lane.version && ` · ComfyUI ${lane.version}`}
          </p>
          {/* Room for the longest usual reason: what stands below stays where it is. */}
          <div className="mt-1 min-h-[76px] sm:min-h-[38px] mb-2">
            <LaneState
              lane={lane}
              queue={queue}
              name={name}
              onReason={(reason) => onPause(true, url, reason)}
            />
            <p className="text-muted sm:hidden">
              <LaneRetry lane={lane} />
            </p>
          </div>
          {isDemo ? (
            <div className="mt-2 empty:hidden">
              <LanePauseButton lane={lane} name={name} hasOthers={false} onPause={onPause} />
            </div>
          ) : (
            <Connected
              lane={lane}
              queue={queue}
              models={models}
              name={name}
              onPause={onPause}
              onDisconnect={onDisconnect}
            />
          )}
          <LaneHistory lane={lane} name={name} />
        </div>
      </div>
    </li>
  );
}

/** What is known of a real ComfyUI, and what can be done with it. */
function Connected({ lane, queue, models, name, onPause, onDisconnect }: LaneCardProps & { name: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const { url } = lane;
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
    <>
      <MemoryBar total={lane.vramTotal} free={lane.vramFree} />
      <ActivityList url={url} isThere={isThere} />
      {/* In one order, and there before they are looked at: what stands below stays where it is. */}
      <div className="mt-3 space-y-1">
        <div className="flex flex-wrap items-center justify-between gap-x-3">
          <h4 className="text-meta text-muted">Models on it</h4>
          <Button
            look="quiet"
            isBusy={report.isFetching}
            disabled={!isThere}
            onClick={() => void report.refetch()}
          >
            <RefreshCw size={14} aria-hidden /> Check the models again
          </Button>
        </div>
        <ModelReadiness
          models={(report.data?.models ?? models).toSorted((a, b) => a.name.localeCompare(b.name, "en"))}
          isAsking={report.isFetching}
          isFolded
        />
      </div>
      {(free.error ?? (isThere && report.error)) && (
        <div className="mt-3">
          <ProblemNote problem={toProblem(free.error ?? report.error)} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <LanePauseButton lane={lane} name={name} hasOthers={queue.lanes.length > 1} onPause={onPause} />
        <Button isBusy={free.isPending} disabled={!isThere} onClick={() => free.mutate({ url })}>
          <MemoryStick size={14} aria-hidden /> Free GPU memory
        </Button>
        {onDisconnect && (
          <Button look="quiet" onClick={onDisconnect}>
            <Unplug size={14} aria-hidden /> Disconnect
          </Button>
        )}
      </div>
    </>
  );
}
