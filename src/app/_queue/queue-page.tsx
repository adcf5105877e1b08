"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { QueueStatus } from "@/lib/schemas/queue";
import type { LastErrors as Errors } from "@/lib/schemas/report";
import type { ServerList } from "@/lib/schemas/server";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { useSeed } from "../_data/use-seed";
import { PageFrame } from "../_ui/page-frame";
import { ProblemNote } from "../_ui/problem-note";
import { Toggle } from "../_ui/toggle";
import { ConnectPanel } from "./connect-panel";
import { DisconnectDialog } from "./disconnect-dialog";
import { LaneCard } from "./lane-card";
import { LastErrors } from "./last-errors";
import type { NamedModel } from "./model-readiness";
import { QueueState } from "./queue-state";

/** ms between two looks at the queue. */
const LOOK = 1_500;

interface QueuePageProps {
  queue: QueueStatus;
  servers: ServerList;
  errors: Errors;
  /** Those that are switched on. */
  models: readonly NamedModel[];
  /** When the server read them, in ms since 1970. */
  at: number;
}

/** The queue with its ComfyUIs, and how to connect one. */
export function QueuePage({
  queue: firstQueue,
  servers: firstServers,
  errors: firstErrors,
  models,
  at,
}: QueuePageProps) {
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
  const setPaused = (isPaused: boolean, lane?: string, reason?: string) => {
    const input = lane === undefined ? {} : { lane };
    if (isPaused) pause.mutate(reason === undefined ? input : { ...input, reason });
    else resume.mutate(input);
  };
  const error = status.error ?? list.error ?? pause.error ?? resume.error ?? update.error;
  const isStored = (url: string) => servers.items.some((one) => one.url === url);

  return (
    <PageFrame isDemo={queue.isDemo}>
      <div className="mx-auto max-w-[760px] space-y-6">
        <h1 className="text-title font-semibold">Queue</h1>
        {error && <ProblemNote problem={toProblem(error)} />}
        <QueueState queue={queue} isBusy={pause.isPending || resume.isPending} onPause={setPaused} />
        <section aria-labelledby="lanes" className="space-y-3">
          <h2 id="lanes" className="text-lead font-semibold">
            {queue.isDemo
              ? "Who paints"
              : queue.lanes.length === 1
                ? "Your ComfyUI"
                : `${queue.lanes.length} ComfyUIs, one picture at a time on each`}
          </h2>
          <ul className="space-y-3">
            {queue.lanes.map((lane) => (
              <LaneCard
                key={lane.url}
                lane={lane}
                queue={queue}
                models={models}
                onPause={setPaused}
                onDisconnect={isStored(lane.url) ? () => setLeaving(lane.url) : null}
              />
            ))}
          </ul>
          {!queue.isDemo && (
            <div className="rounded bg-raised px-4 py-3">
              <Toggle
                label="Free the GPU’s memory when the last picture is done"
                hint="For a machine that does other work too. The next batch loads its model again."
                checked={servers.freesWhenDone}
                onChange={(freesWhenDone) => update.mutate({ freesWhenDone })}
                disabled={update.isPending}
              />
            </div>
          )}
        </section>
        <LastErrors errors={firstErrors} at={at} />
        <ConnectPanel isDemo={queue.isDemo} isFromEnvironment={servers.isFromEnvironment} />
      </div>
      {leaving !== null && <DisconnectDialog url={leaving} queue={queue} onClose={() => setLeaving(null)} />}
    </PageFrame>
  );
}
