"use client";
import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { cx } from "../_ui/class-names";
import { Field, INPUT } from "../_ui/field";
import { counted } from "../_ui/wording";
import { MOST_SHOWN, matchFiles } from "./match-files";

interface FileBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Those to choose from; another name may be typed. */
  files: readonly string[];
  placeholder: string;
  hint?: ReactNode;
  problem?: ReactNode;
}

/** A file's name: typed, or chosen from a list that typing searches and that the arrow keys walk through. */
export function FileBox({ label, value, onChange, files, placeholder, hint, problem }: FileBoxProps) {
  const listId = useId();
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  /** null until something is typed: a list that is just opened shows every file, not only the one that is chosen. */
  const [search, setSearch] = useState<string | null>(null);
  const found = isOpen ? matchFiles(files, search ?? "") : [];
  const shown = found.slice(0, MOST_SHOWN);

  const open = () => {
    if (isOpen) return;
    setSearch(null);
    setIsOpen(true);
  };
  const close = () => {
    setIsOpen(false);
    box.current?.focus();
  };
  const choose = (file: string) => {
    onChange(file);
    close();
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || shown.length === 0) return;
    event.stopPropagation();
    close();
  };
  const boxKeys = (event: KeyboardEvent) => {
    closeOnEscape(event);
    if (event.key === "Enter" && shown.length > 0) {
      // Whoever is still searching does not mean to save.
      event.preventDefault();
      const [only, ...others] = found;
      if (only !== undefined && others.length === 0) choose(only);
      else close();
    }
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    // The list has to be there before something in it can take the focus.
    flushSync(open);
    const first = list.current?.querySelector("button");
    (list.current?.querySelector<HTMLElement>("[aria-current]") ?? first)?.focus();
  };
  const fileKeys = (event: KeyboardEvent<HTMLElement>) => {
    closeOnEscape(event);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const line = event.currentTarget.parentElement;
    const next = event.key === "ArrowDown" ? line?.nextElementSibling : line?.previousElementSibling;
    const button = next?.querySelector("button");
    if (button) button.focus();
    else if (event.key === "ArrowUp") box.current?.focus();
  };
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(field) => (
        <div
          className="relative"
          onBlur={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false);
          }}
        >
          <input
            {...field}
            ref={box}
            aria-controls={listId}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            value={value}
            onChange={(event) => {
              onChange(event.target.value);
              setSearch(event.target.value);
              setIsOpen(true);
            }}
            onClick={open}
            onKeyDown={boxKeys}
            className={cx(INPUT, "h-8 w-full pr-8 touch:h-11")}
          />
          {files.length > 0 && (
            <ChevronDown
              size={14}
              aria-hidden
              className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-muted"
            />
          )}
          {/* It can take the focus so that it stays open while its scroll bar is dragged. */}
          <ul
            ref={list}
            id={listId}
            tabIndex={-1}
            aria-label={`${label}s on the connected ComfyUI`}
            hidden={shown.length === 0}
            className="absolute top-full right-0 left-0 z-20 mt-1 max-h-72 overflow-y-auto rounded bg-raised p-1 shadow"
          >
            {shown.map((file) => (
              <li key={file}>
                <button
                  type="button"
                  tabIndex={-1}
                  aria-current={file === value || undefined}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => choose(file)}
                  onKeyDown={fileKeys}
                  className="min-h-8 w-full rounded-[4px] px-2 py-1 text-left wrap-anywhere outline-offset-[-2px] hover:bg-lifted focus-visible:bg-lifted aria-current:text-accent touch:min-h-11"
                >
                  {file}
                </button>
              </li>
            ))}
            {found.length > shown.length && (
              <li className="px-2 py-1.5 text-meta text-muted">
                {counted(found.length - shown.length, "file")} more: type a few letters of the name.
              </li>
            )}
          </ul>
        </div>
      )}
    </Field>
  );
}
