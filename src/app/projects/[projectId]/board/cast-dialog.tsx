"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Plus, Search, X } from "lucide-react";
import Link from "next/link";
import { useMemo, useState } from "react";
import { findCharacters } from "@/lib/plan/find-characters";
import type { Character } from "@/lib/schemas/character";
import type { Sentence } from "@/lib/schemas/sentence";
import { characterWords } from "../../../_characters/character-words";
import { Portrait } from "../../../_characters/portrait";
import { useCharacters } from "../../../_characters/use-characters";
import { toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { Button, IconButton } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { INPUT } from "../../../_ui/field";
import { ProblemNote } from "../../../_ui/problem-note";
import { counted } from "../../../_ui/wording";
import { useBoard } from "./board-context";

/** Who and what a project is about: the characters that are found in the text of its shots. */
export function CastDialog({ sentences, onClose }: { sentences: readonly Sentence[]; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { projectId, cast } = useBoard();
  const { list } = useCharacters();
  const [search, setSearch] = useState("");
  const stored = {
    onSuccess: (changed: { items: Character[]; nextCursor: null }) =>
      queryClient.setQueryData(trpc.cast.list.queryKey({ projectId }), changed),
  };
  const add = useMutation(trpc.cast.add.mutationOptions(stored));
  const remove = useMutation(trpc.cast.remove.mutationOptions(stored));
  const reorder = useMutation(trpc.cast.reorder.mutationOptions(stored));
  const error = add.error ?? remove.error ?? reorder.error ?? list.error;
  const counts = useMemo(() => countShots(sentences, cast), [sentences, cast]);
  const words = search.trim().toLocaleLowerCase("en");
  const others = (list.data ?? [])
    .filter((one) => !cast.some((member) => member.id === one.id))
    .filter((one) => one.name.toLocaleLowerCase("en").includes(words))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const move = (index: number, by: 1 | -1) => {
    const ids = cast.map((one) => one.id);
    const [id] = ids.splice(index, 1);
    reorder.mutate({ projectId, characterIds: ids.toSpliced(index + by, 0, id!) });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Cast"
      description="A member whose name stands in a shot’s sentence is painted with its main picture."
      isWide
    >
      <DialogBody className="grid min-h-80 content-start gap-x-6 gap-y-4 sm:grid-cols-2">
        {error && (
          <div className="sm:col-span-2">
            <ProblemNote problem={toProblem(error)} />
          </div>
        )}
        <section aria-labelledby="members">
          <h3 id="members" className="flex h-8 items-center text-meta text-muted">
            In this project
          </h3>
          {cast.length === 0 && (
            <p className="rounded border border-dashed border-edge px-4 py-6 text-center text-soft">
              Nobody yet. Add somebody from the other list.
            </p>
          )}
          <ul className="space-y-1">
            {cast.map((one, index) => (
              <li key={one.id} className="flex items-center gap-3 rounded py-1">
                <Portrait character={one} className="size-10 rounded" />
                <div className="min-w-0 flex-1">
                  <p className="truncate">{one.name}</p>
                  <p className="truncate text-meta text-muted">
                    {one.images.length === 0
                      ? "no picture yet"
                      : `in ${counted(counts.get(one.id) ?? 0, "shot")}`}
                  </p>
                </div>
                <div className="flex">
                  <IconButton
                    label={`Move ${one.name} up`}
                    disabled={index === 0 || reorder.isPending}
                    onClick={() => move(index, -1)}
                    className="size-7!"
                  >
                    <ArrowUp size={14} />
                  </IconButton>
                  <IconButton
                    label={`Move ${one.name} down`}
                    disabled={index === cast.length - 1 || reorder.isPending}
                    onClick={() => move(index, 1)}
                    className="size-7!"
                  >
                    <ArrowDown size={14} />
                  </IconButton>
                  <IconButton
                    label={`Take ${one.name} out of the cast`}
                    onClick={() => remove.mutate({ projectId, characterId: one.id })}
                    className="size-7!"
                  >
                    <X size={14} />
                  </IconButton>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="others">
          <h3 id="others" className="sr-only">
            All characters
          </h3>
          <div className="relative">
            <Search size={14} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
            <input
              type="search"
              data-autofocus
              aria-label="Search characters to add"
              placeholder="Add from all characters"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              className={`${INPUT} h-8 w-full pl-8 touch:h-11`}
            />
          </div>
          <ul className="mt-1 max-h-72 space-y-0.5 overflow-y-auto">
            {others.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  onClick={() => add.mutate({ projectId, characterId: one.id })}
                  className="flex w-full items-center gap-3 rounded px-1 py-1 text-left hover:bg-lifted"
                >
                  <Portrait character={one} className="size-10 rounded" />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{one.name}</span>
                    <span className="block truncate text-meta text-muted">{characterWords(one)}</span>
                  </span>
                  <Plus size={14} className="shrink-0 text-muted" aria-hidden />
                  <span className="sr-only">Add to the cast</span>
                </button>
              </li>
            ))}
          </ul>
          {list.data && others.length === 0 && (
            <p className="px-1 py-3 text-soft">
              {words === "" ? "All your characters are in it." : `Nobody is called “${search.trim()}”.`}
            </p>
          )}
          <Link
            href="/characters?id=new"
            className="mt-2 inline-flex h-8 items-center gap-2 px-1 text-accent hover:underline"
          >
            <Plus size={14} aria-hidden /> New character
          </Link>
        </section>
      </DialogBody>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** In how many shots each member is, found or chosen. */
function countShots(sentences: readonly Sentence[], cast: readonly Character[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text, characterIds } of sentences)
    for (const id of characterIds ?? findCharacters(text, cast)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
