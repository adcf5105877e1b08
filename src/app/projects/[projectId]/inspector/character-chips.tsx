"use client";
import { Plus, TriangleAlert, X } from "lucide-react";
import { findCharacters } from "@/lib/plan/find-characters";
import type { Model } from "@/lib/schemas/model";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Style } from "@/lib/schemas/style";
import { Portrait } from "../../../_characters/portrait";
import { Button, IconButton } from "../../../_ui/button";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from "../../../_ui/menu";
import { useBoard } from "../board/board-context";
import { referenceWarnings } from "../model/reference-warnings";

interface CharacterChipsProps {
  sentence: Sentence;
  style: Style | null;
  model: Model | null;
}

/** Who and what is in a shot: found in its text, or chosen from the cast; and what comes of it. */
export function CharacterChips({ sentence, style, model }: CharacterChipsProps) {
  const { cast, actions, openCast } = useBoard();
  const isFound = sentence.characterIds === null;
  const ids = sentence.characterIds ?? findCharacters(sentence.text, cast);
  const shown = ids.flatMap((id) => cast.find((one) => one.id === id) ?? []);
  const set = (characterIds: string[] | null) =>
    void actions.update([{ sentenceId: sentence.id, characterIds }]);
  return (
    <section aria-label="Characters" className="space-y-1.5">
      <h3 className="flex items-baseline gap-2 text-meta text-muted">
        <span className="flex-1">Characters</span>
        <span>{stateOf(isFound, shown.length, cast.length)}</span>
      </h3>
      {cast.length === 0 ? (
        <Button onClick={openCast}>
          <Plus size={14} aria-hidden /> Put somebody into the cast
        </Button>
      ) : (
        <div className="flex flex-wrap items-center gap-1.5">
          {shown.map((one) => (
            <span key={one.id} className="flex h-8 items-center gap-2 rounded-full bg-lifted pl-1 touch:h-11">
              <Portrait character={one} className="size-6 rounded-full" />
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
                  <Portrait character={one} className="size-6 rounded-full" /> {one.name}
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
            <MenuLine />
            <MenuItem shortcut="C" onSelect={openCast}>
              Change the cast…
            </MenuItem>
          </Menu>
          {shown.length > 0 && (
            <Button look="quiet" onClick={() => set([])}>
              No characters
            </Button>
          )}
          {!isFound && (
            <Button look="quiet" onClick={() => set(null)}>
              As in the text
            </Button>
          )}
        </div>
      )}
      {referenceWarnings(sentence, cast, style, model).map(({ text, isFatal }) => (
        <p key={text} className="flex gap-2 text-meta text-soft">
          <TriangleAlert
            size={14}
            aria-hidden
            className={isFatal ? "mt-px shrink-0 text-bad" : "mt-px shrink-0 text-warn"}
          />
          {text}
        </p>
      ))}
    </section>
  );
}

function stateOf(isFound: boolean, shown: number, cast: number): string {
  if (cast === 0) return "nobody in the cast yet";
  if (isFound) return shown > 0 ? "found in the text" : "none in the text";
  return shown > 0 ? "chosen" : "no characters";
}
