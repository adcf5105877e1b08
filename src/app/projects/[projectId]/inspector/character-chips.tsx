"use client";
import { Plus, UserRound, X } from "lucide-react";
import type { Character } from "@/lib/schemas/character";
import type { Sentence } from "@/lib/schemas/sentence";
import { findCharacters } from "@/lib/plan/find-characters";
import { IconButton } from "../../../_ui/button";
import { thumbnail } from "../../../_ui/media-url";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from "../../../_ui/menu";
import { useBoard } from "../board/board-context";

/** Who and what is in a shot: found in its text, or chosen from the cast. */
export function CharacterChips({ sentence }: { sentence: Sentence }) {
  const { cast, actions } = useBoard();
  if (cast.length === 0) return null;
  const isFound = sentence.characterIds === null;
  const ids = sentence.characterIds ?? findCharacters(sentence.text, cast);
  const shown = ids.flatMap((id) => cast.find((one) => one.id === id) ?? []);
  const set = (characterIds: string[] | null) =>
    void actions.update([{ sentenceId: sentence.id, characterIds }]);
  return (
    <section aria-label="Characters" className="space-y-1.5">
      <h3 className="flex items-baseline gap-2 text-meta text-muted">
        <span className="flex-1">Characters</span>
        <span>
          {isFound
            ? shown.length > 0
              ? "found in the text"
              : "none in the text"
            : shown.length > 0
              ? "chosen"
              : "no characters"}
        </span>
      </h3>
      <div className="flex flex-wrap items-center gap-1.5">
        {shown.map((one) => (
          <span key={one.id} className="flex h-8 items-center gap-2 rounded-full bg-lifted pl-1 touch:h-11">
            <Portrait character={one} />
            <span className="max-w-44 truncate">{one.name}</span>
            <IconButton
              label={`Without ${one.name}`}
              onClick={() => set(ids.filter((id) => id !== one.id))}
              className="size-7! rounded-full!"
            >
              <X size={12} />
            </IconButton>
          </span>
        ))}
        <Menu
          align="start"
          trigger={
            <IconButton label="Choose characters" className="rounded-full! border border-edge">
              <Plus size={14} />
            </IconButton>
          }
        >
          <MenuLabel>Cast of this project</MenuLabel>
          {cast.map((one) => (
            <MenuCheck
              key={one.id}
              checked={ids.includes(one.id)}
              onCheckedChange={(isOn) => set(isOn ? [...ids, one.id] : ids.filter((id) => id !== one.id))}
            >
              <span className="flex items-center gap-2">
                <Portrait character={one} /> {one.name}
              </span>
            </MenuCheck>
          ))}
          <MenuLine />
          <MenuItem disabled={isFound} onSelect={() => set(null)}>
            As found in the text
          </MenuItem>
          <MenuItem disabled={!isFound && ids.length === 0} onSelect={() => set([])}>
            No characters
          </MenuItem>
        </Menu>
      </div>
    </section>
  );
}

function Portrait({ character }: { character: Character }) {
  const image = character.images.find((one) => one.isMain) ?? character.images[0];
  return image ? (
    <img
      src={thumbnail(image.url, 320)}
      alt=""
      loading="lazy"
      className="size-6 shrink-0 rounded-full object-cover"
    />
  ) : (
    <span
      className="grid size-6 shrink-0 place-items-center rounded-full bg-edge"
      title={`${character.name} has no reference picture`}
    >
      <UserRound size={14} className="text-muted" aria-hidden />
    </span>
  );
}
