"use client";
import { useQuery } from "@tanstack/react-query";
import { findFile } from "@/lib/find-file";
import { LIMITS } from "@/lib/limits";
import { useTRPC } from "../_data/trpc";
import { NumberBox } from "../_ui/number-box";
import { FileBox } from "./file-box";
import type { StyleValues } from "./style-values";

interface LoraFieldsProps {
  values: StyleValues;
  onChange: (changes: Partial<StyleValues>) => void;
  problems: Readonly<Record<string, string>>;
}

/** The LoRA's file, from those that the connected servers have, and its strength. */
export function LoraFields({ values: { loraFile, loraStrength }, onChange, problems }: LoraFieldsProps) {
  const trpc = useTRPC();
  const known = useQuery({ ...trpc.style.loraFiles.queryOptions(), staleTime: 15_000 });
  const files = known.data?.files ?? [];
  return (
    <>
      <FileBox
        label="LoRA file"
        value={loraFile}
        onChange={(next) => onChange({ loraFile: next })}
        files={files}
        placeholder="watercolor.safetensors"
        problem={problems["loraFile"]}
        hint={
          <FileHint
            file={loraFile}
            files={files}
            servers={known.isError ? 0 : (known.data?.servers ?? null)}
          />
        }
      />
      <div className="grid grid-cols-[112px_minmax(0,1fr)] items-start gap-3">
        <NumberBox
          label="Strength"
          value={loraStrength}
          onChange={(next) => onChange({ loraStrength: next })}
          problem={problems["loraStrength"]}
          hint={`0 to ${LIMITS.loraStrengthMax}`}
        />
        <input
          type="range"
          aria-label="Strength, as a slider"
          min={0}
          max={LIMITS.loraStrengthMax}
          step={0.05}
          value={loraStrength ?? 1}
          onChange={(event) => onChange({ loraStrength: Number(event.target.value) })}
          className="mt-[30px] w-full"
        />
      </div>
    </>
  );
}

interface FileHintProps {
  file: string;
  files: readonly string[];
  /** Servers that told their files; null until they have. */
  servers: number | null;
}

function FileHint({ file, files, servers }: FileHintProps) {
  if (servers === null) return "Asking ComfyUI for its LoRA files…";
  if (servers === 0) return "No ComfyUI answers now: type the name as its models/loras folder has it.";
  if (file.trim() === "")
    return files.length === 0
      ? "ComfyUI’s models/loras is empty: put the file there, then type its name."
      : `Choose one of ${files.length.toLocaleString("en")} in ComfyUI’s models/loras.`;
  const found = findFile(file.trim(), files);
  if (found === null)
    return (
      <span className="text-warn">
        Not on the connected ComfyUI. Put it into models/loras, or choose one that is there.
      </span>
    );
  return found === file.trim() ? "On the connected ComfyUI." : `On the connected ComfyUI, as ${found}.`;
}
