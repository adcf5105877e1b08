"use client";
import { useMemo } from "react";
import type { Character } from "@/lib/schemas/character";
import { GoneNote } from "../_library/gone-note";
import { LibraryFrame } from "../_library/library-frame";
import { NEW, useChosen } from "../_library/use-chosen";
import { CharacterEditor } from "./character-editor";
import { characterWords } from "./character-words";
import { KindIcon } from "./kind-icon";
import { useCharacters } from "./use-characters";
import { useUploads } from "./use-uploads";

interface CharactersPageProps {
  characters: readonly Character[];
  isDemo: boolean;
  /** When the server read them, in ms since 1970. */
  at: number;
}

/** All characters, and the one that is open with its pictures. */
export function CharactersPage({ characters: first, isDemo, at }: CharactersPageProps) {
  const [chosen, choose] = useChosen();
  const { list, put } = useCharacters({ items: first, at });
  const pictures = useUploads(put);
  const characters = list.data ?? first;
  const entries = useMemo(
    () =>
      characters
        .map((one) => ({
          id: one.id,
          name: one.name,
          text: characterWords(one),
          pictureUrl: (one.images.find((image) => image.isMain) ?? one.images[0])?.url ?? null,
          icon: <KindIcon kind={one.kind} />,
          shape: "square" as const,
          isOff: false,
        }))
        .toSorted((a, b) => a.name.localeCompare(b.name, "en")),
    [characters],
  );
  const character = characters.find((one) => one.id === chosen) ?? null;
  const editor =
    chosen === null ? null : chosen === NEW || character ? (
      <CharacterEditor
        key={chosen}
        character={character}
        pictures={pictures}
        onChanged={put}
        onChoose={choose}
      />
    ) : (
      <GoneNote noun="character" onClose={() => choose(null)} />
    );
  return (
    <LibraryFrame
      title="Characters"
      noun="character"
      text="People, places and objects with reference pictures, for the casts of your projects."
      isDemo={isDemo}
      entries={entries}
      draftKey="character"
      chosen={chosen}
      onChoose={choose}
      list={list}
      editor={editor}
    />
  );
}
