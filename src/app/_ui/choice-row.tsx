"use client";
import { RadioGroup } from "radix-ui";
import { useId } from "react";

interface ChoiceRowProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; name: string }[];
  onChoose: (value: T) => void;
}

/** One of a few, side by side; arrows move between them. */
export function ChoiceRow<T extends string>({ label, value, choices, onChoose }: ChoiceRowProps<T>) {
  const id = useId();
  return (
    <div className="space-y-1.5">
      <p id={id} className="text-meta text-muted">
        {label}
      </p>
      <RadioGroup.Root
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => {
          const choice = choices.find((one) => one.value === next);
          if (choice) onChoose(choice.value);
        }}
        className="inline-flex rounded border border-edge bg-ground p-0.5"
      >
        {choices.map((one) => (
          <RadioGroup.Item
            key={one.value}
            value={one.value}
            className="h-7 rounded-[4px] px-3 text-soft transition-colors duration-150 hover:text-text data-[state=checked]:bg-lifted data-[state=checked]:text-text touch:h-10"
          >
            {one.name}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
