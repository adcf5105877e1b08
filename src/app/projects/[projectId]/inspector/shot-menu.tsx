"use client";
import { Ellipsis } from "lucide-react";
import type { Sentence } from "@/lib/schemas/sentence";
import { IconButton } from "../../../_ui/button";
import { Menu, MenuItem, MenuLine } from "../../../_ui/menu";
import { useBoard } from "../board/board-context";
import { useBoardActs } from "../board/board-acts";
import { useOwnPicturesDialog } from "../own/own-pictures-context";

/** What arranges the selected shots. */
export function ShotMenu({ sentences }: { sentences: readonly Sentence[] }) {
  return (
    <Menu
      trigger={
        <IconButton label={sentences.length === 1 ? "More for this shot" : "More for these shots"}>
          <Ellipsis size={16} />
        </IconButton>
      }
    >
      <ShotMenuItems sentences={sentences} />
    </Menu>
  );
}

/** The lines of that menu. */
export function ShotMenuItems({ sentences }: { sentences: readonly Sentence[] }) {
  const { actions, shots } = useBoard();
  const { open } = useBoardActs();
  const { choose } = useOwnPicturesDialog();
  const isOne = sentences.length === 1;
  const isFlagged = sentences.every((one) => one.isFlagged);
  return (
    <>
      <MenuItem
        shortcut="F"
        onSelect={() =>
          void actions.update(sentences.map((one) => ({ sentenceId: one.id, isFlagged: !isFlagged })))
        }
      >
        {isFlagged ? "Take the flag away" : "Flag"}
      </MenuItem>
      <MenuItem
        shortcut="O"
        onSelect={() => choose({ at: null, chosen: new Set(sentences.map((one) => one.id)) })}
      >
        {isOne ? "Own picture…" : "Own pictures…"}
      </MenuItem>
      <MenuLine />
      <MenuItem shortcut="M" onSelect={() => open("section")}>
        Move to a section…
      </MenuItem>
      <MenuItem shortcut="I" onSelect={() => open("add")}>
        New shot behind…
      </MenuItem>
      {isOne && (
        <MenuItem shortcut="S" onSelect={() => open("divide")}>
          Divide the sentence…
        </MenuItem>
      )}
      {!isOne && (
        <MenuItem shortcut="⇧S" onSelect={() => void shots.merge([...sentences])}>
          Join into one
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem shortcut="Del" onSelect={() => void shots.shelve(sentences.map((one) => one.id))}>
        Take off the board
      </MenuItem>
    </>
  );
}
