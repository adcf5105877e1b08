"use client";
import { FileText } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { LIMITS } from "@/lib/limits";
import { decodeScript } from "@/lib/script/read-script";
import { Button } from "./button";
import { cx } from "./class-names";
import { Field, INPUT } from "./field";

interface ScriptFieldProps {
  value: string;
  /** `fileName` is given when the script came from a file. */
  onChange: (script: string, fileName?: string) => void;
  /** What it becomes, in words. */
  words: string;
  /** Why it cannot be taken as it is. */
  problem: string | null;
  rows?: number;
}

const isTextFile = (file: File) =>
  /\.(txt|md|markdown|srt|vtt)$/i.test(file.name) || file.type.startsWith("text/");

/** A place for a whole script: typed, pasted, or a dropped file. */
export function ScriptField({ value, words, onChange, problem, rows = 12 }: ScriptFieldProps) {
  const [isOver, setIsOver] = useState(false);
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const fileInput = useRef<HTMLInputElement>(null);

  const read = async (file: File | undefined) => {
    if (!file) return;
    if (!isTextFile(file))
      return setFileProblem(`“${file.name}” is not a text file. Choose a .txt, .md, .srt or .vtt file.`);
    if (file.size > LIMITS.scriptBytes)
      return setFileProblem(`“${file.name}” is larger than 2 MB, the most a script may have.`);
    setFileProblem(null);
    onChange(decodeScript(await file.bytes()), file.name);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void read(file);
    else onChange(event.dataTransfer.getData("text/plain"));
  };

  return (
    <Field
      label="Script"
      aside={
        <span aria-live="polite" className="tabular-nums">
          {words}
        </span>
      }
      hint="Each sentence becomes a shot. A line such as “# Title” opens a section. Subtitles keep their times. At most 2 MB and 10,000 sentences."
      problem={problem ?? fileProblem}
    >
      {(field) => (
        <div
          className="relative"
          onDragOver={(event) => {
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={drop}
        >
          <textarea
            {...field}
            rows={rows}
            spellCheck={false}
            placeholder={"# Introduction\nPaste the script here, or drop a .txt, .md or .srt file."}
            className={cx(
              INPUT,
              "block w-full resize-y px-3 py-2.5 leading-[20px]",
              isOver && "border-accent",
            )}
            value={value}
            onChange={(event) => {
              setFileProblem(null);
              onChange(event.target.value);
            }}
          />
          <input
            ref={fileInput}
            type="file"
            accept=".txt,.md,.markdown,.srt,.vtt,text/plain,text/markdown"
            className="sr-only"
            tabIndex={-1}
            aria-label="Script file"
            onChange={(event) => {
              void read(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
          {value === "" && (
            <Button
              look="plain"
              className="absolute right-3 bottom-3"
              onClick={() => fileInput.current?.click()}
            >
              <FileText size={14} aria-hidden /> Choose a file
            </Button>
          )}
          {isOver && (
            <div className="pointer-events-none absolute inset-0 grid place-items-center rounded border-2 border-accent bg-veil">
              Drop the script here
            </div>
          )}
        </div>
      )}
    </Field>
  );
}
