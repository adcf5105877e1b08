"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { unpackBoard } from "@/lib/board/pack-board";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { Project } from "@/lib/schemas/project";
import type { QueueStatus } from "@/lib/schemas/queue";
import { useTRPC, useTRPCClient } from "../../../_data/trpc";
import { useSeed } from "../../../_data/use-seed";
import { followProofs } from "./follow-proofs";
import { perFrame } from "./per-frame";
import { ProjectCache } from "./project-cache";

export interface LiveProject {
  project: Project;
  queue: QueueStatus;
  cache: ProjectCache;
  /** Whether changes arrive as they happen. */
  isLive: boolean;
  isDeleted: boolean;
}

interface Initial {
  project: Project;
  /** The event from which the project has to be followed. */
  eventId: string;
  queue: QueueStatus;
  at: number;
}

/** A project and the queue, first as the server rendered them, then as they change, in every open tab. */
export function useProject(initial: Initial): LiveProject {
  const { eventId } = initial;
  const projectId = initial.project.id;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const projectKey = trpc.project.get.queryKey({ projectId });
  const [cache] = useState(
    () =>
      new ProjectCache(queryClient, projectKey, async () => {
        const { eventId: _, ...packed } = await client.project.board.query({ projectId });
        return unpackBoard(packed);
      }),
  );
  const [isLive, setIsLive] = useState(true);
  const [isDeleted, setIsDeleted] = useState(false);
  useSeed(projectKey, initial.project, initial.at);
  useSeed(trpc.queue.status.queryKey(), initial.queue, initial.at);
  const project = useQuery({
    queryKey: projectKey,
    queryFn: cache.read,
    refetchOnWindowFocus: false,
    structuralSharing: false,
  });
  const queue = useQuery(trpc.queue.status.queryOptions());

  useEffect(() => {
    const frame = perFrame((events: ProjectEvent[]) => {
      cache.tell(events);
      if (events.some((event) => event.type === "snapshot"))
        void queryClient.invalidateQueries({ queryKey: trpc.take.list.pathKey() });
      for (const id of touchedShots(events))
        void queryClient.invalidateQueries({ queryKey: trpc.take.list.queryKey({ sentenceId: id }) });
      followProofs(queryClient, trpc.proof.list.queryKey({ projectId }), events);
      for (const event of events) {
        if (event.type === "queue" || event.type === "snapshot")
          queryClient.setQueryData<QueueStatus>(trpc.queue.status.queryKey(), event.queue);
        if (event.type === "structure") {
          void cache.refetch();
          void queryClient.invalidateQueries({ queryKey: trpc.cast.list.queryKey({ projectId }) });
        }
        if (event.type === "projectDeleted") setIsDeleted(true);
      }
    });
    let isFirst = true;
    const events = client.events.onProject.subscribe(
      { projectId, lastEventId: eventId },
      {
        onData: ({ data }) => {
          frame.add(data);
          // The server does not know any more what was missed: texts, sections and order may have changed too.
          if (isFirst && data.type === "snapshot") void cache.refetch();
          isFirst = false;
        },
        onConnectionStateChange: ({ state, error }) => {
          isFirst = true;
          // Connecting for the first time, which has no error yet, is not reconnecting.
          setIsLive(state === "pending" || (state === "connecting" && !error));
        },
        onError: (error) => {
          if (error.data?.httpStatus === 404) setIsDeleted(true);
          else setIsLive(false);
        },
      },
    );
    return () => {
      events.unsubscribe();
      frame.stop();
    };
  }, [projectId, eventId, client, trpc, queryClient, cache]);

  return {
    project: project.data ?? initial.project,
    queue: queue.data ?? initial.queue,
    cache,
    isLive,
    isDeleted,
  };
}

/** Shots whose takes may have changed: something of them was told, or a picture beside the board is over. */
function touchedShots(events: readonly ProjectEvent[]): Set<string> {
  return new Set(
    events.flatMap((event) => {
      if (event.type === "sentence") return event.sentence.id;
      const isEnd = event.type === "job" && event.job.endedAt !== null;
      return (isEnd && event.job.sentenceId) || [];
    }),
  );
}
