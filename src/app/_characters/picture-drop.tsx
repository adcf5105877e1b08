"use client";
import { ImagePlus } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "../_ui/class-names";
import { Button } from "../_ui/button";

interface PictureDropProps {
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Everything inside takes pictures that are dropped; pasted ones too, wherever the focus is. */
export function PictureDrop({ onFiles, children }: PictureDropProps) {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      latest.current(files);
    };
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  }, []);
  return (
    <div
      className={cx("relative rounded", isOver && "outline-2 outline-offset-4 outline-accent")}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        const files = [...event.dataTransfer.files];
        if (files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
    >
      {children}
    </div>
  );
}

/** A place that says that pictures can be dropped, pasted or chosen, and opens the choice. */
export function AddPictures({ onFiles, isFirst }: { onFiles: (files: File[]) => void; isFirst: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div
      className={cx(
        "grid place-items-center rounded border border-dashed border-edge px-4 text-center",
        isFirst ? "py-10" : "py-4",
      )}
    >
      <input
        ref={input}
        type="file"
        multiple
        accept="image/png,image/jpeg,image/webp"
        className="sr-only"
        tabIndex={-1}
        aria-label="Reference pictures"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <div className="space-y-2">
        <Button onClick={() => input.current?.click()}>
          <ImagePlus size={14} aria-hidden /> Add pictures
        </Button>
        <p className="text-meta text-muted">
          Drop or paste them here too. PNG, JPEG or WebP, up to 50 megapixels and 200 MB each.
        </p>
      </div>
    </div>
  );
}
