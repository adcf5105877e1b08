"use client";
import { useEffect, useRef, useState } from "react";
import { nameSchema } from "@/lib/schemas/common";
import { INPUT } from "../../../_ui/field";

interface ProjectNameProps {
  name: string;
  onRename: (name: string) => void;
}

/** The project's name; a click makes it a field. Enter keeps, Escape gives up. */
export function ProjectName({ name, onRename }: ProjectNameProps) {
  const [text, setText] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const isEditing = text !== null;
  const checked = nameSchema.safeParse(text ?? name);

  useEffect(() => {
    if (isEditing) field.current?.select();
  }, [isEditing]);

  const end = (isKept: boolean) => {
    if (isKept && !checked.success) return;
    if (isKept && checked.success && checked.data !== name) onRename(checked.data);
    setText(null);
  };

  if (!isEditing)
    return (
      <h1 className="min-w-0 shrink-[9]">
        <button
          ref={button}
          type="button"
          title={`${name}: click to rename`}
          onClick={() => setText(name)}
          className="block h-8 max-w-full truncate rounded px-2 text-lead font-semibold hover:bg-lifted touch:h-11"
        >
          {name}
        </button>
      </h1>
    );
  return (
    <div className="relative min-w-0 flex-1 sm:max-w-[420px]">
      <input
        ref={field}
        aria-label="Project name"
        aria-invalid={!checked.success}
        className={`${INPUT} h-8 w-full px-2! text-lead font-semibold touch:h-11`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => end(checked.success)}
        onKeyDown={(event) => {
          if (event.key === "Enter") end(true);
          if (event.key === "Escape") end(false);
        }}
      />
      {!checked.success && (
        <p
          role="alert"
          className="absolute top-full left-0 z-40 mt-1 rounded bg-lifted px-2 py-1 text-meta text-bad shadow"
        >
          {checked.error.issues[0]!.message}
        </p>
      )}
    </div>
  );
}
