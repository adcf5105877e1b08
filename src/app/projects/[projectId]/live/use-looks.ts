"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { conflict } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { Foresight } from "@/lib/schemas/common";
import type { SentenceUpdate } from "@/lib/schemas/sentence";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPC, useTRPCClient } from "../../../_data/trpc";
import { counted } from "../../../_ui/wording";
import { withSentences } from "../model/apply-events";
import { portions } from "./portions";
import type { ProjectCache } from "./project-cache";
import type { UndoStack, UndoStep } from "./undo";
import { checked, valuesBefore } from "./undo-update";

/** Another model or style; null: none of their own. */
export interface Look {
  modelId?: string | null;
  styleId?: string | null;
}

/** A change that waits for the user to say how, once it is known what it does. */
export interface AskedLook {
  /** Of what it is: "this project", "12 shots". */
  of: string;
  look: Look;
  foresight: Foresight;
  apply: (keepPictures: boolean) => void;
}

/** Changes of model and style: what they would do to pictures is said before they are made. */
export interface LookActions {
  ofProject: (look: Look) => Promise<void>;
  ofShots: (sentenceIds: readonly string[], look: Look) => Promise<void>;
}

/** Each is one step to undo; one that changes no picture is made at once. */
export function useLooks(projectId: string, cache: ProjectCache, stack: UndoStack) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const fail = useTellProblem();
  const [asked, setAsked] = useState<AskedLook | null>(null);

  const looks = useMemo<LookActions>(() => {
    const guard = async (work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        fail(error);
      }
    };
    const run = (step: UndoStep) =>
      guard(async () => {
        await stack.run(step);
        void queryClient.invalidateQueries({ queryKey: trpc.take.list.pathKey() });
      });
    const ask = ({ apply, ...asking }: AskedLook) =>
      asking.foresight.shots === 0
        ? apply(false)
        : setAsked({
            ...asking,
            apply: (keepPictures) => {
              setAsked(null);
              apply(keepPictures);
            },
          });

    const ofProject = async (look: Look) => {
      const project = cache.get();
      if (!project) return;
      const before: Look = {
        ...(look.modelId !== undefined && { modelId: project.modelId }),
        ...(look.styleId !== undefined && { styleId: project.styleId }),
      };
      const store = async (now: Look, wanted: Look, keepPictures: boolean) => {
        const known = cache.get();
        const isOther = Object.entries(now).some(([field, value]) => known?.[field as keyof Look] !== value);
        if (isOther)
          throw conflict("changed_since", "This was changed again since, maybe in another window: it stays.");
        const stored = await client.project.update.mutate({ projectId, ...wanted, ...keeping(keepPictures) });
        cache.patch((one) => ({ ...one, ...stored }));
      };
      const foresight = await client.project.foresee.query({ projectId, ...look });
      ask({
        of: "this project",
        look,
        foresight,
        apply: (keepPictures) =>
          void run({
            label: `change of the project’s ${look.styleId === undefined ? "model" : "style"}`,
            redo: () => store(before, look, keepPictures),
            undo: () => store(look, before, keepPictures),
          }),
      });
    };

    const ofShots = async (sentenceIds: readonly string[], look: Look) => {
      const updates: SentenceUpdate[] = sentenceIds.map((sentenceId) => ({ sentenceId, ...look }));
      const store = async (now: SentenceUpdate[], wanted: SentenceUpdate[], keepPictures: boolean) => {
        const all = checked(cache.get(), wanted, now);
        for (const some of portions(all, LIMITS.updateMany)) {
          const { sentences } = await client.sentence.updateMany.mutate({
            projectId,
            sentences: some,
            ...keeping(keepPictures),
          });
          cache.patch((project) => withSentences(project, sentences));
        }
      };
      const before = valuesBefore(cache.get(), updates);
      const foresight = await client.sentence.foresee.query({
        projectId,
        sentenceIds: [...sentenceIds],
        ...look,
      });
      const shots = counted(sentenceIds.length, "shot");
      ask({
        of: shots,
        look,
        foresight,
        apply: (keepPictures) =>
          void run({
            label: `change of ${shots}`,
            redo: () => store(before, updates, keepPictures),
            undo: () => store(updates, before, keepPictures),
          }),
      });
    };
    return {
      ofProject: (look) => guard(() => ofProject(look)),
      ofShots: (sentenceIds, look) => guard(() => ofShots(sentenceIds, look)),
    };
  }, [projectId, cache, stack, client, trpc, queryClient, fail]);

  return { looks, askedLook: asked, dismissLook: () => setAsked(null) };
}

const keeping = (keepPictures: boolean) => (keepPictures ? { keepPictures } : {});
