"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Character } from "@/lib/schemas/character";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { ConfirmDialog } from "../_ui/confirm-dialog";
import { counted } from "../_ui/wording";

interface DeleteCharacterProps {
  character: Character;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before a character goes with its pictures, and says where it is used. */
export function DeleteCharacter({ character, onClose, onDeleted }: DeleteCharacterProps) {
  const trpc = useTRPC();
  const { id: characterId, name, images } = character;
  const usage = useQuery({ ...trpc.character.usage.queryOptions({ characterId }), staleTime: 0 });
  const remove = useMutation(trpc.character.delete.mutationOptions({ onSuccess: onDeleted }));
  const { projects = [], shots = 0 } = usage.data ?? {};
  const error = remove.error ?? usage.error;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Delete ${name}?`}
      action="Delete the character"
      onConfirm={() => remove.mutate({ characterId })}
      isBusy={remove.isPending || usage.isPending}
      problem={error && toProblem(error)}
    >
      <p>
        {images.length === 0
          ? "It has no pictures."
          : `Its ${counted(images.length, "reference picture")} go too.`}{" "}
        This cannot be undone.
      </p>
      {projects.length > 0 && (
        <p>
          It is in the cast of{" "}
          {projects.length <= 3
            ? projects.map((one) => `“${one.name}”`).join(", ")
            : counted(projects.length, "project")}
          {shots > 0 && ` and was chosen for ${counted(shots, "shot")}`}. What was painted with it stays and
          is marked as changed.
        </p>
      )}
    </ConfirmDialog>
  );
}
