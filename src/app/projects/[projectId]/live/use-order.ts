"use client";
import { useMemo } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPCClient } from "../../../_data/trpc";
import { useToast } from "../../../_ui/toast-store";
import { counted, sentenceCase } from "../../../_ui/wording";
import { placesOf, type ShotMove } from "../model/shift";
import type { ProjectCache } from "./project-cache";
import type { UndoStack, UndoStep } from "./undo";

/** What changes which shots there are and where they stand; all of it can be undone. Each answers whether it was done. */
export interface OrderActions {
  move: (moves: ShotMove[]) => Promise<boolean>;
  /** Takes shots off the board; they wait on the shelf. */
  shelve: (sentenceIds: string[]) => Promise<boolean>;
  /** Divides a shot before a character of its sentence. */
  split: (sentence: Sentence, at: number) => Promise<boolean>;
  /** Joins neighbours into the first of them. */
  merge: (sentences: Sentence[]) => Promise<boolean>;
  /** A new shot; answers its id, or null where it was not made. */
  add: (sectionId: string, position: number, text: string) => Promise<string | null>;
  /** Does anything else that can be undone, and offers to take it back. */
  run: (step: UndoStep) => Promise<boolean>;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
}

export function useOrder(projectId: string, cache: ProjectCache, stack: UndoStack): OrderActions {
  const client = useTRPCClient();
  const toast = useToast();
  const fail = useTellProblem();
  return useMemo<OrderActions>(() => {
    const takeBack = async (step?: UndoStep) => {
      try {
        const done = await stack.undo(step);
        toast({ topic: "undo", title: done ? `Undone: ${done.label}.` : "Nothing to undo here." });
      } catch (error) {
        fail(error);
      }
    };
    /** Does a step, remembers it, and offers to take it back where that is not plain to see. */
    const run = async (step: UndoStep, isTold = false): Promise<boolean> => {
      try {
        await stack.run(step);
        if (isTold)
          toast({
            topic: "undo",
            title: `${sentenceCase(step.label)}.`,
            action: { label: "Undo", onPress: () => void takeBack(step) },
          });
        return true;
      } catch (error) {
        fail(error);
        return false;
      }
    };
    const shelve = async (sentenceIds: string[]) => {
      await client.sentence.shelve.mutate({ projectId, sentenceIds });
      await cache.refetch();
    };
    const restore = async (sentenceIds: string[]) => {
      await client.sentence.restore.mutate({ projectId, sentenceIds });
      await cache.refetch();
    };
    const place = async (moves: ShotMove[]) => {
      await client.sentence.move.mutate({ projectId, moves });
      await cache.refetch();
    };
    const versionOf = (id: string) => cache.sentence(id)?.version;
    const rewrite = async (sentenceId: string, text: string) => {
      const version = versionOf(sentenceId);
      await client.sentence.update.mutate({ sentenceId, text, ...(version !== undefined && { version }) });
    };
    return {
      move: async (moves) => {
        const ids = new Set(moves.map((one) => one.sentenceId));
        const back = placesOf(cache.get()?.sections ?? [], ids);
        if (moves.length === 0 || JSON.stringify(back) === JSON.stringify(moves)) return false;
        return run({
          label: `${counted(moves.length, "shot")} moved`,
          redo: () => place(moves),
          undo: () => place(back),
        });
      },
      shelve: (ids) =>
        run(
          {
            label: `${counted(ids.length, "shot")} taken off the board`,
            redo: () => shelve(ids),
            undo: () => restore(ids),
          },
          true,
        ),
      split: (sentence, at) => {
        let second = "";
        return run(
          {
            label: "shot divided",
            redo: async () => {
              const { sentences } = await client.sentence.split.mutate({
                sentenceId: sentence.id,
                at,
                version: versionOf(sentence.id) ?? sentence.version,
              });
              second = sentences[1]!.id;
              await cache.refetch();
            },
            undo: async () => {
              const { items } = await client.take.list.query({ sentenceId: second });
              await rewrite(sentence.id, sentence.text);
              // Made a moment ago and empty: it needs no place on the shelf.
              if (items.length === 0) await client.sentence.delete.mutate({ sentenceId: second });
              else await client.sentence.shelve.mutate({ projectId, sentenceIds: [second] });
              await cache.refetch();
            },
          },
          true,
        );
      },
      merge: (sentences) => {
        const [first] = sentences as [Sentence];
        let others: string[] = [];
        return run(
          {
            label: `${counted(sentences.length, "shot")} joined`,
            redo: async () => {
              const ids = sentences.map((one) => one.id);
              const versions = Object.fromEntries(ids.map((id) => [id, versionOf(id) ?? 0]));
              const merged = await client.sentence.merge.mutate({ projectId, sentenceIds: ids, versions });
              others = merged.shelved;
              await cache.refetch();
            },
            undo: async () => {
              await rewrite(first.id, first.text);
              await restore(others);
            },
          },
          true,
        );
      },
      add: async (sectionId, position, text) => {
        let id: string | null = null;
        const isDone = await run({
          label: "new shot",
          redo: async () => {
            if (id === null) ({ id } = await client.sentence.create.mutate({ sectionId, position, text }));
            else await client.sentence.restore.mutate({ projectId, sentenceIds: [id] });
            await cache.refetch();
          },
          undo: () => shelve(id === null ? [] : [id]),
        });
        return isDone ? id : null;
      },
      run: (step) => run(step, true),
      undo: () => takeBack(),
      redo: async () => {
        try {
          const done = await stack.redo();
          toast({ topic: "undo", title: done ? `Done again: ${done.label}.` : "Nothing to do again." });
        } catch (error) {
          fail(error);
        }
      },
    };
  }, [projectId, cache, client, stack, toast, fail]);
}
