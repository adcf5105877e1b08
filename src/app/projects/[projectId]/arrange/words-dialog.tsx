"use client";
import { type SubmitEvent, useState } from "react";
import type { z } from "zod";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { Field, INPUT } from "../../../_ui/field";

interface WordsDialogProps {
  title: string;
  label: string;
  first?: string;
  /** Lines of the field; one line is a field of its own kind. */
  rows?: number;
  schema: z.ZodType<string>;
  action: string;
  onDone: (words: string) => void;
  onClose: () => void;
}

/** Asks for a name or a text. */
export function WordsDialog({
  title,
  label,
  first = "",
  rows = 1,
  schema,
  action,
  onDone,
  onClose,
}: WordsDialogProps) {
  const [words, setWords] = useState(first);
  const [isTried, setIsTried] = useState(false);
  const checked = schema.safeParse(words);
  const submit = (event?: SubmitEvent<HTMLFormElement>) => {
    event?.preventDefault();
    setIsTried(true);
    if (!checked.success) return;
    onDone(checked.data);
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <DialogBody>
          <Field
            label={label}
            problem={isTried && !checked.success ? checked.error.issues[0]!.message : null}
          >
            {(field) =>
              rows === 1 ? (
                <input
                  {...field}
                  data-autofocus
                  autoComplete="off"
                  className={`${INPUT} h-9 w-full touch:h-11`}
                  value={words}
                  onChange={(event) => setWords(event.target.value)}
                />
              ) : (
                <textarea
                  {...field}
                  data-autofocus
                  rows={rows}
                  className={`${INPUT} block w-full py-2`}
                  value={words}
                  onChange={(event) => setWords(event.target.value)}
                  onKeyDown={(event) => {
                    if (event.key !== "Enter" || event.shiftKey) return;
                    event.preventDefault();
                    submit();
                  }}
                />
              )
            }
          </Field>
        </DialogBody>
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit">
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
