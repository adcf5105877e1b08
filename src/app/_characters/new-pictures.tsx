"use client";
import { X } from "lucide-react";
import { useEffect, useMemo } from "react";
import { IconButton } from "../_ui/button";
import { AddPictures } from "./picture-drop";

interface NewPicturesProps {
  files: readonly File[];
  onFiles: (files: File[]) => void;
  onRemove: (index: number) => void;
}

/** Pictures of a character that is still being written; they are sent once it is made. */
export function NewPictures({ files, onFiles, onRemove }: NewPicturesProps) {
  const urls = useMemo(() => files.map((file) => URL.createObjectURL(file)), [files]);
  useEffect(
    () => () => {
      for (const url of urls) URL.revokeObjectURL(url);
    },
    [urls],
  );
  return (
    <div className="space-y-3">
      {files.length > 0 && (
        <>
          <ul
            className="grid grid-cols-[repeat(auto-fill,minmax(96px,1fr))] gap-2"
            aria-label="Pictures to add"
          >
            {files.map((file, index) => (
              <li key={urls[index]} className="relative">
                <img
                  src={urls[index]}
                  alt={file.name}
                  className="aspect-square w-full rounded bg-raised object-cover"
                />
                <IconButton
                  label={`Without ${file.name}`}
                  className="absolute top-1 right-1 size-7! bg-veil"
                  onClick={() => onRemove(index)}
                >
                  <X size={14} />
                </IconButton>
              </li>
            ))}
          </ul>
          <p className="text-meta text-muted">
            They are added when the character is created; the first one becomes the main picture.
          </p>
        </>
      )}
      <AddPictures onFiles={onFiles} isFirst={files.length === 0} />
    </div>
  );
}
