"use client";
import { Pencil } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import type { Pause } from "@/lib/schemas/queue";
import { Button, IconButton } from "../_ui/button";
import { INPUT } from "../_ui/field";
import { useNow } from "../_ui/use-now";
import { pauseWords } from "./pause-words";

interface PauseNoteProps {
  pause: Pause;
  /** What is paused, for the field's name: `the queue`. */
  what: string;
  onReason: (reason: string) => void;
}

/** Who paused, when and why; whoever paused can say why, or leave it. Its height is always the same. */
export function PauseNote({ pause, what, onReason }: PauseNoteProps) {
  const [isEditing, setIsEditing] = useState(false);
  const now = useNow();
  const { reason, by } = pause;
  const words = pauseWords(isEditing ? { ...pause, reason: null } : pause, now);
  const hasField = by === "user" && (isEditing || reason === null);
  const keep = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get("reason")).trim();
    if (given !== "") onReason(given);
    setIsEditing(false);
  };
  return (
    <div className="flex min-h-8 w-full flex-wrap items-center gap-x-2 touch:min-h-11">
      <p className="min-w-0 text-soft wrap-anywhere">
        {words}
        {by === "user" && reason !== null && !isEditing && (
          <IconButton
            label="Change the reason"
            className="-my-2 align-middle touch:-my-4"
            onClick={() => setIsEditing(true)}
          >
            <Pencil size={12} />
          </IconButton>
        )}
      </p>
      {hasField && (
        <form onSubmit={keep} className="flex min-w-48 flex-1 items-center gap-1.5">
          <input
            name="reason"
            aria-label={`Why ${what} is paused`}
            placeholder="Why, if you like"
            maxLength={500}
            autoComplete="off"
            defaultValue={reason ?? ""}
            onKeyDown={(event) => event.key === "Escape" && setIsEditing(false)}
            className={`${INPUT} h-8 flex-1 touch:h-11`}
          />
          <Button type="submit" look="quiet">
            Note
          </Button>
        </form>
      )}
    </div>
  );
}
