"use client";
import { ChevronDown, ChevronUp } from "lucide-react";
import type { Take } from "@/lib/schemas/take";
import { Button, IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { Key } from "../../../_ui/key";
import { thumbnail, thumbnails } from "../../../_ui/media-url";

interface CompareSideProps {
  side: "left" | "right";
  take: Take;
  number: number;
  total: number;
  /** Whether the keys are about this side. */
  isActive: boolean;
  onActive: () => void;
  onStep: (by: 1 | -1) => void;
  onUse: () => void;
}

/** One of two takes that are compared. */
export function CompareSide(props: CompareSideProps) {
  const { side, take, number, total, isActive, onActive, onStep, onUse } = props;
  return (
    <section
      aria-label={`${side === "left" ? "Left" : "Right"}: take ${number}`}
      aria-current={isActive || undefined}
      className={cx("min-w-0 rounded", isActive && "outline-2 -outline-offset-2 outline-accent")}
    >
      <div role="presentation" onPointerDown={onActive} onFocus={onActive} className="space-y-1.5 p-1.5">
        {take.isFileGone ? (
          <p className="grid aspect-(--shape) place-items-center rounded bg-raised text-soft">
            The file is gone.
          </p>
        ) : (
          <img
            key={take.id}
            src={thumbnail(take.url, 1280)}
            srcSet={thumbnails(take.url)}
            sizes="(min-width: 640px) 50vw, 100vw"
            alt={`Take ${number}`}
            className="aspect-(--shape) max-h-[62dvh] w-full rounded bg-ground object-contain"
          />
        )}
        <div className="flex items-center gap-1.5">
          <IconButton
            label={`Newer take at the ${side}`}
            shortcut="ArrowUp"
            onClick={() => onStep(-1)}
            disabled={total < 3}
          >
            <ChevronUp size={16} />
          </IconButton>
          <IconButton
            label={`Older take at the ${side}`}
            shortcut="ArrowDown"
            onClick={() => onStep(1)}
            disabled={total < 3}
          >
            <ChevronDown size={16} />
          </IconButton>
          <p className="min-w-0 flex-1 truncate text-soft">
            Take {number} <span className="text-muted">of {total}</span>
          </p>
          {take.isSelected ? (
            <span className="px-3 text-muted">The shot shows this one</span>
          ) : (
            <Button onClick={onUse} disabled={take.isFileGone}>
              Use this one {isActive && <Key>Enter</Key>}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
