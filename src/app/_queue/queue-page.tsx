"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import type { QueueStatus } from "@/lib/schemas/queue";
import type { ServerList } from "@/lib/schemas/server";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { useSeed } from "../_data/use-seed";
import { Button } from "../_ui/button";
import { PageFrame } from "../_ui/page-frame";
import { ProblemNote } from "../_ui/problem-note";
import { Toggle } from "../_ui/toggle";
import { ConnectPanel } from "./connect-panel";
import { DisconnectDialog } from "./disconnect-dialog";
import { LaneCard } from "./lane-card";

/** ms between two looks at the queue. */
const LOOK = 1_500;

interface QueuePageProps {
  queue: QueueStatus;
  servers: ServerList;
  /** When the server read them, in ms since 1970. */
  at: number;
}

/** The queue with its ComfyUIs, and how to connect one. */
export function QueuePage({ queue: firstQueue, servers: firstServers, at }: QueuePageProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [leaving, setLeaving] = useState<string | null>(null);
  const queueKey = trpc.queue.status.queryKey();
  const serversKey = trpc.server.list.queryKey();
  useSeed(queueKey, firstQueue, at);
  useSeed(serversKey, firstServers, at);
  const status = useQuery({ ...trpc.queue.status.queryOptions(), refetchInterval: LOOK });
  const list = useQuery(trpc.server.list.queryOptions());
  const keep = { onSuccess: (queue: QueueStatus) => queryClient.setQueryData(queueKey, queue) };
  const pause = useMutation(trpc.queue.pause.mutationOptions(keep));
  const resume = useMutation(trpc.queue.resume.mutationOptions(keep));
  const update = useMutation(
    trpc.server.update.mutationOptions({
      onSuccess: (servers) => queryClient.setQueryData(serversKey, servers),
    }),
  );
  const queue = status.data ?? firstQueue;
  const servers = list.data ?? firstServers;
  const setPaused = (isPaused: boolean, lane?: string) =>
    (isPaused ? pause : resume).mutate(lane === undefined ? undefined : { lane });
  const error = status.error ?? list.error ?? pause.error ?? resume.error ?? update.error;
  const isStored = (url: string) => servers.items.some((one) => one.url === url);

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
        {!queue.isDemo && (
          <section aria-labelledby="lanes" className="space-y-3">
            <h2 id="lanes" className="text-lead font-semibold">
              {queue.lanes.length === 1
                ? "Your ComfyUI"
                : `${queue.lanes.length} ComfyUIs, one picture at a time on each`}
            </h2>
            <ul className="space-y-3">
              {queue.lanes.map((lane) => (
                <LaneCard
                  key={lane.url}
                  lane={lane}
                  hasOthers={queue.lanes.length > 1}
                  onPause={setPaused}
                  onDisconnect={isStored(lane.url) ? () => setLeaving(lane.url) : null}
                />
              ))}
            </ul>
            <div className="rounded bg-raised px-4 py-3">
              <Toggle
                label="Free the GPU’s memory when the last picture is done"
                hint="For a machine that does other work too. The next batch loads its model again."
                checked={servers.freesWhenDone}
                onChange={(freesWhenDone) => update.mutate({ freesWhenDone })}
                disabled={update.isPending}
              />
            </div>
          </section>
        )}
        <ConnectPanel isDemo={queue.isDemo} isFromEnvironment={servers.isFromEnvironment} />
      </div>
      {leaving !== null && <DisconnectDialog url={leaving} queue={queue} onClose={() => setLeaving(null)} />}
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
