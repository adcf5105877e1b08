"use client";
import { Ellipsis } from "lucide-react";
import type { Take } from "@/lib/schemas/take";
import { IconButton } from "../../../_ui/button";
import { Menu, MenuItem, MenuLine } from "../../../_ui/menu";
import { grouped } from "../../../_ui/wording";

interface TakeMenuProps {
  take: Take;
  number: number;
  isShown: boolean;
  onUse: () => void;
  /** null where there is no other take. */
  onCompare: (() => void) | null;
  onRedo: () => void;
  onCopySeed: (seed: number) => void;
  onDelete: () => void;
}

/** What can be done with a take. */
export function TakeMenu(props: TakeMenuProps) {
  const { take, number, isShown, onUse, onCompare, onRedo, onCopySeed, onDelete } = props;
  const { seed } = take;
  return (
    <Menu
      trigger={
        <IconButton
          label={`More for take ${number}`}
          className="absolute! top-0.5 right-0.5 size-6! bg-veil opacity-0 group-hover/take:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 touch:opacity-100"
        >
          <Ellipsis size={12} />
        </IconButton>
      }
    >
      <MenuItem onSelect={onUse} disabled={isShown || take.isFileGone} {...(isShown && { hint: "shown" })}>
        Use this one
      </MenuItem>
      {onCompare && (
        <MenuItem shortcut="T" onSelect={onCompare}>
          Compare
        </MenuItem>
      )}
      {take.renderer !== "own" && <MenuItem onSelect={onRedo}>Redo exactly</MenuItem>}
      {seed !== null && (
        <MenuItem hint={grouped(seed)} onSelect={() => onCopySeed(seed)}>
          Copy seed
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem shortcut="Del" onSelect={onDelete}>
        Delete…
      </MenuItem>
    </Menu>
  );
}
