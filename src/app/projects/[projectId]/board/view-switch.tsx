"use client";
import { LayoutGrid, Rows3 } from "lucide-react";
import { IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import type { Layout } from "../model/view";

interface ViewSwitchProps {
  layout: Layout;
  onLayout: (layout: Layout) => void;
  className?: string;
}

/** Pictures or rows. */
export function ViewSwitch({ layout, onLayout, className }: ViewSwitchProps) {
  return (
    <fieldset aria-label="View" className={cx("flex shrink-0", className)}>
      <IconButton
        label="Pictures"
        shortcut="V"
        isPressed={layout === "grid"}
        onClick={() => onLayout("grid")}
      >
        <LayoutGrid size={16} />
      </IconButton>
      <IconButton label="Table" shortcut="V" isPressed={layout === "table"} onClick={() => onLayout("table")}>
        <Rows3 size={16} />
      </IconButton>
    </fieldset>
  );
}
