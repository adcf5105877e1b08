"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Character } from "@/lib/schemas/character";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { ConfirmDialog } from "../_ui/confirm-dialog";
import { thumbnail } from "../_ui/media-url";
import { ProblemNote } from "../_ui/problem-note";
import { AddPictures } from "./picture-drop";
import { ReferencePictures } from "./reference-pictures";
import { UploadList } from "./upload-list";
import type { Upload } from "./use-uploads";

interface CharacterPicturesProps {
  character: Character;
  uploads: readonly Upload[];
  onFiles: (files: File[]) => void;
  onDismiss: (id: number) => void;
  onChanged: (character: Character) => void;
}

/** The reference pictures of a character, and what can be done with them; each change is stored at once. */
export function CharacterPictures({
  character,
  uploads,
  onFiles,
  onDismiss,
  onChanged,
}: CharacterPicturesProps) {
  const trpc = useTRPC();
  const { id: characterId, name, images } = character;
  const [doomed, setDoomed] = useState<Character["images"][number] | null>(null);
  const stored = { onSuccess: onChanged };
  const update = useMutation(trpc.character.update.mutationOptions(stored));
  const reorder = useMutation(trpc.character.reorderImages.mutationOptions(stored));
  const remove = useMutation(
    trpc.character.deleteImage.mutationOptions({
      onSuccess: (changed) => {
        onChanged(changed);
        setDoomed(null);
      },
    }),
  );
  const error = update.error ?? reorder.error;
  return (
    <>
      <ReferencePictures
        name={name}
        images={images}
        onMain={(mainImageId) => update.mutate({ characterId, mainImageId })}
        onReorder={(imageIds) => reorder.mutate({ characterId, imageIds })}
        onDelete={setDoomed}
      />
      {error && <ProblemNote problem={toProblem(error)} />}
      <UploadList uploads={uploads} onDismiss={onDismiss} />
      <AddPictures onFiles={onFiles} isFirst={images.length === 0} />
      {doomed && (
        <ConfirmDialog
          isOpen
          onClose={() => setDoomed(null)}
          title="Delete this picture?"
          action="Delete the picture"
          onConfirm={() => remove.mutate({ characterId, imageId: doomed.id })}
          isBusy={remove.isPending}
          problem={remove.error && toProblem(remove.error)}
        >
          <img src={thumbnail(doomed.url, 320)} alt="" className="max-h-40 rounded" />
          <p>
            {doomed.isMain && images.length > 1
              ? "It is the main one: the next takes its place, and what was painted with it is marked as changed."
              : "This cannot be undone."}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
