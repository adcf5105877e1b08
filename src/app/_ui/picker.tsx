"use client";
import { Check, ChevronDown } from "lucide-react";
import { Select } from "radix-ui";
import { cx } from "./class-names";

export interface PickerOption {
  id: string;
  name: string;
  /** Why it cannot be taken now; null where it can. */
  obstacle: string | null;
}

interface PickerProps {
  /** What is picked, as the label before the value. */
  label: string;
  value: string | null;
  options: readonly PickerOption[];
  /** The line for "none of these", and what it means; left out where one has to be picked. */
  none?: string;
  /** What it comes to, shown while nothing is picked; `none` itself unless told. */
  noneShown?: string;
  onPick: (id: string | null) => void;
  isLabelHidden?: boolean;
  className?: string;
}

const NONE = " none";

/** One of several, as a menu under a quiet button. */
export function Picker({
  label,
  value,
  options,
  none,
  noneShown = none ?? "",
  onPick,
  isLabelHidden = false,
  className,
}: PickerProps) {
  return (
    <Select.Root value={value ?? NONE} onValueChange={(picked) => onPick(picked === NONE ? null : picked)}>
      <Select.Trigger
        aria-label={label}
        className={cx(
          "flex h-8 min-w-0 items-center gap-2 rounded border border-edge bg-ground px-2.5 text-left hover:border-muted touch:h-11",
          className,
        )}
      >
        {!isLabelHidden && <span className="text-muted lg:max-xl:hidden">{label}</span>}
        <span className={cx("min-w-0 grow truncate", value === null && noneShown !== none && "text-soft")}>
          <Select.Value>
            {value === null ? noneShown : (options.find((one) => one.id === value)?.name ?? value)}
          </Select.Value>
        </span>
        <ChevronDown size={14} className="shrink-0 text-muted" aria-hidden />
      </Select.Trigger>
      <Select.Portal>
        <Select.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[min(420px,var(--radix-select-content-available-height))] min-w-[var(--radix-select-trigger-width)] animate-appear overflow-hidden rounded bg-raised shadow"
        >
          <Select.Viewport className="p-1">
            {none !== undefined && <Option id={NONE} name={none} obstacle={null} isSoft />}
            {options.map((one) => (
              <Option key={one.id} {...one} />
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}

function Option({ id, name, obstacle, isSoft = false }: PickerOption & { isSoft?: boolean }) {
  return (
    <Select.Item
      value={id}
      disabled={obstacle !== null}
      className={cx(
        "relative flex min-h-8 items-center rounded-[4px] py-1 pr-3 pl-8 outline-none select-none data-[disabled]:cursor-default data-[highlighted]:bg-lifted touch:min-h-11",
        isSoft && "text-soft",
        obstacle !== null && "text-muted",
      )}
    >
      <Select.ItemIndicator className="absolute left-2 text-accent">
        <Check size={14} />
      </Select.ItemIndicator>
      <span>
        <Select.ItemText>{name}</Select.ItemText>
        {obstacle && <span className="block text-meta">{obstacle}</span>}
      </span>
    </Select.Item>
  );
}
