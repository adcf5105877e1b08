"use client";
import { type MouseEvent, useState } from "react";
import { MenuAt, MenuItem } from "../../../_ui/menu";
import { ShotMenuItems } from "../inspector/shot-menu";
import type { ProjectSection } from "../model/filter";
import { isKeepable, scopesOf } from "../model/scopes";
import { useBoardActs } from "./board-acts";
import { useBoard } from "./board-context";
import { focusShot } from "./focus";
import type { Painting } from "./use-painting";

interface Place {
  /** In pixels of the window. */
  x: number;
  y: number;
}

interface ContextMenuProps {
  /** Where it was asked for; null while it is closed. */
  at: Place | null;
  /** What is shown, and the selected shots of it: those it is about. */
  sections: readonly ProjectSection[];
  chosenIds: ReadonlySet<string>;
  painting: Painting;
  onEdit: (id: string) => void;
  onClose: () => void;
}

/** What can be done to the selected shots, where they were clicked with the other button. */
export function ContextMenu({ at, sections, chosenIds, painting, onEdit, onClose }: ContextMenuProps) {
  const { actions } = useBoard();
  const { stage } = useBoardActs();
  const chosen =
    at === null ? [] : sections.flatMap(({ sentences }) => sentences.filter((one) => chosenIds.has(one.id)));
  const [first] = chosen;
  if (at === null || !first) return null;
  const only = chosen.length === 1 ? first : null;
  const { all } = scopesOf(chosen);
  const keepable = chosen.filter(isKeepable).map((one) => one.id);
  const isLocked = chosen.every((one) => one.isLocked);
  const lock = () => actions.update(chosen.map((one) => ({ sentenceId: one.id, isLocked: !isLocked })));
  return (
    <MenuAt
      at={at}
      label={only ? "This shot" : "The selected shots"}
      onClose={onClose}
      onClosed={() => focusShot(first.id)}
    >
      <MenuItem shortcut="R" disabled={all.length === 0} onSelect={() => painting.paint(all, true)}>
        {first.imageUrl === null ? "Paint" : "Paint again"}
      </MenuItem>
      {only && (
        <>
          <MenuItem
            shortcut="⇧R"
            disabled={all.length === 0}
            onSelect={() => painting.paintWithNewSeed(only.id)}
          >
            Paint with a new seed
          </MenuItem>
          <MenuItem shortcut="E" onSelect={() => onEdit(only.id)}>
            Edit the prompt
          </MenuItem>
          <MenuItem shortcut="Space" onSelect={() => stage({ kind: "shot", id: only.id })}>
            Show on the whole screen
          </MenuItem>
        </>
      )}
      {keepable.length > 0 && (
        <MenuItem shortcut="P" onSelect={() => void actions.keep(keepable)}>
          Keep as it is
        </MenuItem>
      )}
      <MenuItem shortcut="L" onSelect={() => void lock()}>
        {isLocked ? "Unlock" : "Lock"}
      </MenuItem>
      <ShotMenuItems sentences={chosen} />
    </MenuAt>
  );
}

/** Where the menu is open; a click with Shift leaves the browser its own. */
export function useContextMenu(chosen: ReadonlySet<string>, onChoose: (id: string) => void) {
  const [at, setAt] = useState<Place | null>(null);
  return {
    at,
    close: () => setAt(null),
    heard: {
      onContextMenu: (event: MouseEvent) => {
        const target = event.target instanceof Element ? event.target : null;
        const id = target?.closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"];
        if (id === undefined || event.shiftKey || target?.closest("textarea, input")) return;
        event.preventDefault();
        if (!chosen.has(id)) onChoose(id);
        setAt({ x: event.clientX, y: event.clientY });
      },
    },
  };
}
