"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ProjectCard } from "@/lib/schemas/project";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { ConfirmDialog } from "../_ui/confirm-dialog";
import { useToast } from "../_ui/toast-store";
import { counted } from "../_ui/wording";

/** Asks before a project goes, and says what goes with it. */
export function DeleteProjectDialog({ card, onClose }: { card: ProjectCard; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.project.delete.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.project.list.pathKey() });
        toast({ title: `“${card.name}” is deleted.` });
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Delete “${card.name}”?`}
      action="Delete the project"
      onConfirm={() => remove.mutate({ projectId: card.id })}
      isBusy={remove.isPending}
      problem={remove.error && toProblem(remove.error)}
    >
      <p>
        Its {counted(card.sentenceCount, "sentence")} and {counted(card.pictureCount, "picture")} go, with
        every other take, also from the disk. This cannot be undone.
      </p>
      {card.generatingCount > 0 && (
        <p>{counted(card.generatingCount, "shot")} in line will be cancelled first.</p>
      )}
      <p>Characters, models and styles stay.</p>
    </ConfirmDialog>
  );
}
