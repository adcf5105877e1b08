"use client";
import { Ellipsis } from "lucide-react";
import { IconButton } from "../../../_ui/button";
import { Menu, MenuItem } from "../../../_ui/menu";
import { useBoard } from "./board-context";
import { useBoardActs } from "./board-acts";

/** What is done to the whole board now and then. */
export function BoardMenu() {
  const { open, stage } = useBoardActs();
  const { openCast } = useBoard();
  return (
    <Menu
      trigger={
        <IconButton label="More of this board">
          <Ellipsis size={16} />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => stage({ kind: "sheet" })}>Contact sheet…</MenuItem>
      <MenuItem onSelect={() => open("script")}>Script…</MenuItem>
      <MenuItem onSelect={() => open("prompts")}>Prompts in bulk…</MenuItem>
      <MenuItem onSelect={() => open("shelf")}>Shelf…</MenuItem>
      <MenuItem shortcut="C" onSelect={openCast}>
        Cast…
      </MenuItem>
    </Menu>
  );
}
