"use client";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { Project } from "@/lib/schemas/project";
import { IconButton } from "../../../_ui/button";
import { Menu, MenuItem } from "../../../_ui/menu";
import { ScriptDialog } from "../script/script-dialog";
import { ShelfDialog } from "../script/shelf-dialog";
import { useBoard } from "./board-context";

/** What is done to the whole board now and then. */
export function BoardMenu({ project }: { project: Project }) {
  const { openCast } = useBoard();
  const [shown, setShown] = useState<"script" | "shelf" | null>(null);
  const close = () => setShown(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More of this board">
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setShown("script")}>Script…</MenuItem>
        <MenuItem onSelect={() => setShown("shelf")}>Shelf…</MenuItem>
        <MenuItem shortcut="C" onSelect={openCast}>
          Cast…
        </MenuItem>
      </Menu>
      {shown === "script" && <ScriptDialog project={project} onClose={close} />}
      {shown === "shelf" && <ShelfDialog onClose={close} />}
    </>
  );
}
