"use client";
import { ChevronDown } from "lucide-react";
import { IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { Menu } from "../../../_ui/menu";
import { GenerateMenu, type GenerateMenuProps } from "./generate-menu";

interface GenerateButtonProps extends GenerateMenuProps {
  isAsking: boolean;
  className?: string;
}

/** The one primary button, and beside it a menu of everything else that can be generated. */
export function GenerateButton({ isAsking, className, ...menu }: GenerateButtonProps) {
  const { scope, takes, onGenerate } = menu;
  return (
    <div className={cx("flex shrink-0 sm:min-w-48 xl:min-w-54", className)}>
      <button
        type="button"
        data-testid="generate"
        aria-busy={isAsking || undefined}
        aria-keyshortcuts="g"
        onClick={() => !isAsking && onGenerate(scope)}
        className="flex h-8 flex-1 items-center justify-center gap-2 rounded-l bg-accent px-3.5 font-semibold whitespace-nowrap text-on-accent transition-colors duration-150 hover:bg-accent-strong touch:h-11"
      >
        {scope.label}
        {takes > 1 && <span className="font-medium">× {takes}</span>}
        <kbd className="font-sans text-meta font-medium opacity-75 max-sm:hidden">G</kbd>
      </button>
      <Menu
        trigger={
          <IconButton
            label="More to generate"
            className="w-8 rounded-l-none border-l border-on-accent/40 bg-accent text-on-accent! hover:bg-accent-strong data-[state=open]:bg-accent-strong"
          >
            <ChevronDown size={16} />
          </IconButton>
        }
      >
        <GenerateMenu {...menu} />
      </Menu>
    </div>
  );
}
