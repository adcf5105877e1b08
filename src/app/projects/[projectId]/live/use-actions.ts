"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { LIMITS } from "@/lib/limits";
import type { GenerateInput, GenerateOutput } from "@/lib/schemas/image";
import type { SentenceUpdate } from "@/lib/schemas/sentence";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPC, useTRPCClient } from "../../../_data/trpc";
import { useToast } from "../../../_ui/toast-store";
import { counted } from "../../../_ui/wording";
import { withSentences } from "../model/apply-events";
import { describeAnswer } from "../model/describe-answer";
import type { Scope } from "../model/scopes";
import { portions } from "./portions";
import type { ProjectCache } from "./project-cache";
import type { UndoStack } from "./undo";
import { checked, valuesBefore } from "./undo-update";

/** A request that the queue did not take as it was, and what it said. */
export interface Refused {
  answer: GenerateOutput;
  /** Asks for it all the same. */
  anyway: () => Promise<void>;
}

export type GenerateRequest = Omit<GenerateInput, "projectId" | "idempotencyKey" | "dryRun"> & {
  isRetry?: boolean;
};

export interface Actions {
  generate: (request: GenerateRequest) => Promise<void>;
  generateScope: (scope: Scope, takes?: number) => Promise<void>;
  /** Paints a take once more, exactly as it was made. */
  redo: (takeId: string) => Promise<void>;
  /** Cancels every open job of these shots. */
  cancelShots: (sentenceIds: string[]) => Promise<void>;
  /** Gives waiting shots another turn: higher goes first. */
  prioritize: (sentenceIds: string[], priority: number) => Promise<void>;
  /** Keeps the pictures of these shots although their inputs changed. */
  keep: (sentenceIds: string[]) => Promise<void>;
  /** Changes shots; resolves to whether it was stored. */
  update: (updates: SentenceUpdate[]) => Promise<boolean>;
  updateProject: (changes: { name: string }) => Promise<void>;
  /** @param lane the whole queue when left out */
  setPaused: (isPaused: boolean, lane?: string, reason?: string) => Promise<void>;
}

/** What can be done on a board. Each failure is told once, in a message. */
export function useActions(projectId: string, cache: ProjectCache, stack: UndoStack) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const fail = useTellProblem();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isAsking, setIsAsking] = useState(false);

  const actions = useMemo<Actions>(() => {
    const guard = async (work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        fail(error);
      }
    };
    const redo = (takeId: string, ignoreProblems = false): Promise<void> =>
      guard(async () => {
        const answer = await client.take.redo.mutate({ takeId, ...(ignoreProblems && { ignoreProblems }) });
        tell(answer, ignoreProblems, () => redo(takeId, true));
      });
    const tell = (answer: GenerateOutput, isForced: boolean, anyway: Refused["anyway"]) => {
      if (answer.problems.length > 0 && !isForced) setRefused({ answer, anyway });
      const told = describeAnswer(answer);
      if (told) toast(told);
    };
    const generate = ({ isRetry = false, ...request }: GenerateRequest): Promise<void> =>
      guard(async () => {
        setIsAsking(true);
        try {
          const answer = await (isRetry
            ? client.image.retryFailed.mutate({
                projectId,
                ...(request.sentenceIds && { sentenceIds: request.sentenceIds }),
              })
            : client.image.generate.mutate({ projectId, ...request, idempotencyKey: crypto.randomUUID() }));
          tell(answer, request.ignoreProblems ?? false, () =>
            generate({ ...request, ignoreProblems: true, force: isRetry || request.force || false }),
          );
        } finally {
          setIsAsking(false);
        }
      });
    const store = async (updates: SentenceUpdate[]) => {
      for (const some of portions(updates, LIMITS.updateMany)) {
        const [only] = some;
        const stored =
          some.length === 1 && only
            ? [await client.sentence.update.mutate(only)]
            : (await client.sentence.updateMany.mutate({ projectId, sentences: some })).sentences;
        cache.patch((project) => withSentences(project, stored));
      }
    };
    return {
      generate,
      redo: (takeId) => redo(takeId),
      generateScope: ({ sentenceIds, force, isRetry }, takes = 1) =>
        generate({
          ...(sentenceIds && { sentenceIds }),
          ...(force && { force }),
          ...(takes > 1 && { takes }),
          isRetry,
        }),
      cancelShots: (sentenceIds) =>
        guard(async () => {
          for (const some of portions(sentenceIds, LIMITS.sentenceIds))
            await client.image.cancel.mutate({ sentenceIds: some });
        }),
      prioritize: (sentenceIds, priority) =>
        guard(async () => {
          for (const some of portions(sentenceIds, LIMITS.sentenceIds))
            await client.image.prioritize.mutate({ sentenceIds: some, priority });
        }),
      keep: (sentenceIds) =>
        guard(async () => {
          let kept = 0;
          for (const some of portions(sentenceIds, LIMITS.sentenceIds))
            kept += (await client.image.keep.mutate({ projectId, sentenceIds: some })).kept;
          void queryClient.invalidateQueries({ queryKey: trpc.take.list.pathKey() });
          if (kept > 1) toast({ title: `${counted(kept, "picture")} kept.`, text: "They count as done." });
        }),
      update: async (updates) => {
        try {
          const before = valuesBefore(cache.get(), updates);
          await store(updates);
          // The version is of this first time: later ones are compared by what they change.
          const again = updates.map((update) => {
            const { version: _, ...fields } = update;
            return fields;
          });
          stack.push({
            label: updates.length === 1 ? "change of a shot" : `change of ${counted(updates.length, "shot")}`,
            undo: () => store(checked(cache.get(), before, updates)),
            redo: () => store(checked(cache.get(), again, before)),
          });
          return true;
        } catch (error) {
          fail(error);
          return false;
        }
      },
      updateProject: async (changes) => {
        const before = cache.get();
        cache.patch((project) => ({ ...project, ...changes }));
        try {
          const stored = await client.project.update.mutate({ projectId, ...changes });
          cache.patch((project) => ({ ...project, ...stored }));
        } catch (error) {
          if (before) cache.patch((project) => ({ ...project, name: before.name }));
          fail(error);
        }
      },
      setPaused: (isPaused, lane, reason) =>
        guard(async () => {
          const input = lane === undefined ? {} : { lane };
          const status = await (isPaused
            ? client.queue.pause.mutate({ ...input, ...(reason !== undefined && { reason }) })
            : client.queue.resume.mutate(input));
          queryClient.setQueryData(trpc.queue.status.queryKey(), status);
        }),
    };
  }, [projectId, cache, stack, client, trpc, queryClient, toast, fail]);

  return { actions, isAsking, refused, dismissRefused: () => setRefused(null) };
}
