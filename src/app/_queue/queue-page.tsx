"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import type { QueueStatus } from "@/lib/schemas/queue";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { useSeed } from "../_data/use-seed";
import { Button } from "../_ui/button";
import { PageFrame } from "../_ui/page-frame";
import { ProblemNote } from "../_ui/problem-note";
import { ConnectNote } from "./connect-note";
import { LaneList } from "./lane-list";

/** ms between two looks at the queue. */
const LOOK = 1_500;

/** The queue with its lanes, and how to connect a ComfyUI. */
export function QueuePage({ queue: initial, at }: { queue: QueueStatus; at: number }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const queryKey = trpc.queue.status.queryKey();
  useSeed(queryKey, initial, at);
  const status = useQuery({ ...trpc.queue.status.queryOptions(), refetchInterval: LOOK });
  const keep = { onSuccess: (queue: QueueStatus) => queryClient.setQueryData(queryKey, queue) };
  const pause = useMutation(trpc.queue.pause.mutationOptions(keep));
  const resume = useMutation(trpc.queue.resume.mutationOptions(keep));
  const queue = status.data ?? initial;
  const setPaused = (isPaused: boolean, lane?: string) =>
    (isPaused ? pause : resume).mutate(lane === undefined ? undefined : { lane });
  const error = status.error ?? pause.error ?? resume.error;

  return (
    <PageFrame isDemo={queue.isDemo}>
      <div className="mx-auto max-w-[760px] space-y-6">
        <div className="flex items-center gap-4">
          <h1 className="flex-1 text-title font-semibold">Queue</h1>
          <Button onClick={() => setPaused(!queue.isPaused)} isBusy={pause.isPending || resume.isPending}>
            {queue.isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
            {queue.isPaused ? "Resume" : "Pause"}
          </Button>
        </div>
        {error && <ProblemNote problem={toProblem(error)} />}
        <dl className="grid grid-cols-3 gap-3">
          <Fact name="Being painted" value={queue.running.toLocaleString("en")} />
          <Fact name="In line" value={queue.queued.toLocaleString("en")} />
          <Fact name="State" value={stateOf(queue)} />
        </dl>
        {queue.isPaused && (
          <p className="rounded border-l-2 border-warn bg-raised px-3 py-2 text-soft">
            What is being painted goes on to its end; nothing new is started until you resume. Shots can still
            be put in line.
          </p>
        )}
        <section aria-labelledby="lanes" className="rounded bg-raised px-4 pt-3 pb-1">
          <h2 id="lanes" className="text-meta text-muted">
            {queue.lanes.length === 1
              ? "ComfyUI"
              : `${queue.lanes.length} ComfyUIs, one picture at a time on each`}
          </h2>
          <LaneList queue={queue} onPause={setPaused} />
        </section>
        <ConnectNote isDemo={queue.isDemo} />
      </div>
    </PageFrame>
  );
}

function stateOf({ isPaused, running, queued, lanes }: QueueStatus): string {
  if (isPaused) return "Paused";
  if (running + queued === 0) return "Idle";
  return lanes.some((lane) => lane.state === "busy" || lane.state === "ready") ? "Working" : "Waiting";
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="rounded bg-raised px-4 py-3">
      <dt className="text-meta text-muted">{name}</dt>
      <dd className="text-title font-semibold">{value}</dd>
    </div>
  );
}
