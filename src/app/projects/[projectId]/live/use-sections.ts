"use client";
import { useMemo } from "react";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPCClient } from "../../../_data/trpc";
import type { ProjectSection } from "../model/filter";
import { placeAt } from "../model/shift";
import type { ProjectCache } from "./project-cache";
import type { UndoStack, UndoStep } from "./undo";

/** What changes which sections there are; all of it can be undone. */
export interface SectionActions {
  add: (title: string, position: number) => Promise<void>;
  rename: (section: ProjectSection, title: string) => Promise<void>;
  /** To another place among the sections, from 0. */
  move: (section: ProjectSection, position: number) => Promise<void>;
  /** Ends a section; its shots go to the shelf. */
  remove: (section: ProjectSection) => Promise<void>;
}

export function useSections(projectId: string, cache: ProjectCache, stack: UndoStack): SectionActions {
  const client = useTRPCClient();
  const tellProblem = useTellProblem();
  return useMemo<SectionActions>(() => {
    const run = async (step: UndoStep) => {
      const told = (work: () => Promise<void>) => async () => {
        await work();
        await cache.refetch();
      };
      const whole = { label: step.label, redo: told(step.redo), undo: told(step.undo) };
      try {
        await stack.run(whole);
      } catch (error) {
        tellProblem(error);
      }
    };
    const rename = async (sectionId: string, title: string) => {
      await client.section.update.mutate({ sectionId, title });
    };
    const move = async (sectionId: string, position: number) => {
      await client.section.update.mutate({ sectionId, position });
    };
    const placeOf = ({ id }: ProjectSection) => cache.get()?.sections.findIndex((one) => one.id === id) ?? 0;
    return {
      add: (title, position) => {
        let sectionId = "";
        return run({
          label: `section “${title}” made`,
          redo: async () => {
            ({ id: sectionId } = await client.section.create.mutate({ projectId, title, position }));
          },
          undo: async () => void (await client.section.delete.mutate({ sectionId, shelve: true })),
        });
      },
      rename: (section, title) =>
        run({
          label: `section renamed`,
          redo: () => rename(section.id, title),
          undo: () => rename(section.id, section.title),
        }),
      move: (section, position) => {
        const before = placeOf(section);
        return run({
          label: `section “${section.title}” moved`,
          redo: () => move(section.id, position),
          undo: () => move(section.id, before),
        });
      },
      remove: (section) => {
        const position = placeOf(section);
        const ids = section.sentences.map((one) => one.id);
        let sectionId = section.id;
        return run({
          label: `section “${section.title}” taken off the board`,
          redo: async () => void (await client.section.delete.mutate({ sectionId, shelve: true })),
          undo: async () => {
            ({ id: sectionId } = await client.section.create.mutate({
              projectId,
              title: section.title,
              position,
            }));
            if (ids.length === 0) return;
            await client.sentence.restore.mutate({ projectId, sentenceIds: ids });
            await client.sentence.move.mutate({
              projectId,
              moves: placeAt([section], new Set(ids), sectionId, 0),
            });
          },
        });
      },
    };
  }, [projectId, cache, client, stack, tellProblem]);
}
