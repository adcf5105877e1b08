"use client";
import { FileText } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { decodeScript } from "@/lib/script/read-script";
import { Button } from "./button";
import { cx } from "./class-names";
import { Field, INPUT } from "./field";

interface TextFileFieldProps {
  label: string;
  hint: string;
  placeholder: string;
  value: string;
  /** `fileName` is given when the text came from a file. */
  onChange: (text: string, fileName?: string) => void;
  /** What it becomes, in words. */
  words: string;
  /** Why it cannot be taken as it is. */
  problem: string | null;
  /** Endings of the files that are taken, such as `txt`. */
  endings: readonly string[];
  maxBytes: number;
  rows?: number;
}

const MB = 1024 * 1024;

/** A place for a whole text: typed, pasted, or a dropped file. */
export function TextFileField(props: TextFileFieldProps) {
  const { label, hint, placeholder, value, onChange, words, problem, endings, maxBytes, rows = 12 } = props;
  const dotted = endings.map((ending) => `.${ending}`);
  const [isOver, setIsOver] = useState(false);
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const fileInput = useRef<HTMLInputElement>(null);

  const read = async (file: File | undefined) => {
    if (!file) return;
    const isText =
      file.type.startsWith("text/") || dotted.some((one) => file.name.toLowerCase().endsWith(one));
    if (!isText)
      return setFileProblem(
        `“${file.name}” is not a text file. Choose a ${dotted.slice(0, -1).join(", ")} or ${dotted.at(-1)} file.`,
      );
    if (file.size > maxBytes)
      return setFileProblem(`“${file.name}” is larger than ${maxBytes / MB} MB, the most this may have.`);
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
      label={label}
      aside={
        <span aria-live="polite" className="tabular-nums">
          {words}
        </span>
      }
      hint={hint}
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
            placeholder={placeholder}
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
            accept={dotted.join(",")}
            className="sr-only"
            tabIndex={-1}
            aria-label={`${label} file`}
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
              Drop the file here
            </div>
          )}
        </div>
      )}
    </Field>
  );
}
