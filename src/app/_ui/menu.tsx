"use client";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";
import { Key } from "./key";

const ITEM =
  "relative flex min-h-8 items-center gap-3 rounded-[4px] px-2.5 outline-none select-none data-[disabled]:text-muted data-[disabled]:cursor-default data-[highlighted]:bg-lifted touch:min-h-11";

const CONTENT =
  "z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-56 animate-appear overflow-y-auto rounded bg-raised p-1 shadow";

/** A menu under a button. */
export function Menu({
  trigger,
  align = "end",
  children,
}: {
  trigger: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}) {
  return (
    // What lies behind stays readable: a menu that hides it would have to take the focus out of all of it.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={4} collisionPadding={8} className={CONTENT}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuAtProps {
  /** In pixels of the window. */
  at: { x: number; y: number };
  label: string;
  onClose: () => void;
  /** Takes the keyboard back. */
  onClosed: () => void;
  children: ReactNode;
}

/** A menu at a place of the window. */
export function MenuAt({ at, label, onClose, onClosed, children }: MenuAtProps) {
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="pointer-events-none fixed size-0" style={{ left: at.x, top: at.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          key={`${at.x} ${at.y}`}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={label}
          aria-labelledby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // A choice may have taken it somewhere else, or another menu is open already.
            if (document.activeElement === document.body) onClosed();
          }}
          onContextMenu={(event) => event.preventDefault()}
          className={CONTENT}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps extends ComponentProps<typeof DropdownMenu.Item> {
  shortcut?: string;
  /** A number or a fact at the right. */
  hint?: string | undefined;
  icon?: ReactNode;
}

export function MenuItem({ shortcut, hint, icon, className, children, ...rest }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={cx(ITEM, className)} {...rest}>
      {icon}
      <span className="flex-1">{children}</span>
      {hint !== undefined && <span className="text-muted">{hint}</span>}
      {shortcut && <Key>{shortcut}</Key>}
    </DropdownMenu.Item>
  );
}

interface MenuMarkProps {
  hint?: string;
  children: ReactNode;
}

const MARK = "absolute left-2.5 text-accent";

/** A line that is on or off; the menu stays open. */
export function MenuCheck({
  children,
  hint,
  ...rest
}: MenuMarkProps & { checked: boolean; onCheckedChange: (isOn: boolean) => void }) {
  return (
    <DropdownMenu.CheckboxItem
      className={cx(ITEM, "pl-8")}
      onSelect={(event) => event.preventDefault()}
      {...rest}
    >
      <DropdownMenu.ItemIndicator className={MARK}>
        <Check size={14} />
      </DropdownMenu.ItemIndicator>
      <span className="flex-1">{children}</span>
      {hint !== undefined && <span className="text-muted">{hint}</span>}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-meta text-muted">{children}</DropdownMenu.Label>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
