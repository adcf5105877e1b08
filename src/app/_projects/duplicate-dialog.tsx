"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { LIMITS } from "@/lib/limits";
import { projectDuplicateInput, type ProjectCard } from "@/lib/schemas/project";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { atField, fieldProblems } from "../_library/form-problems";
import { Button } from "../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../_ui/dialog";
import { ProblemNote } from "../_ui/problem-note";
import { TextBox } from "../_ui/text-box";
import { Toggle } from "../_ui/toggle";
import { counted } from "../_ui/wording";

/** A copy of a project under a new name. */
export function DuplicateDialog({ card, onClose }: { card: ProjectCard; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState(`${card.name.slice(0, LIMITS.name - 5)} copy`);
  const [withPictures, setWithPictures] = useState(true);
  const duplicate = useMutation(
    trpc.project.duplicate.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.project.list.pathKey() });
        router.push(`/projects/${id}`);
      },
    }),
  );
  const input = { projectId: card.id, name, withPictures };
  const problem = duplicate.error && toProblem(duplicate.error);
  const refused = atField(problem, ["name"]);
  const problems = { ...fieldProblems(projectDuplicateInput, input), ...refused };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = projectDuplicateInput.safeParse(input);
    if (parsed.success) duplicate.mutate(parsed.data);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Duplicate “${card.name}”`}
      description="Script, prompts, settings, locks and cast are copied."
    >
      <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
        <DialogBody className="space-y-4">
          <TextBox
            label="Name of the copy"
            data-autofocus
            limit={LIMITS.name}
            value={name}
            onChange={setName}
            problem={problems["name"]}
          />
          {card.pictureCount > 0 && (
            <Toggle
              label={`With its ${counted(card.pictureCount, "picture")}`}
              hint="Those that are shown; other takes stay with the original. It takes no room on most disks."
              checked={withPictures}
              onChange={setWithPictures}
            />
          )}
          {problem && Object.keys(refused).length === 0 && <ProblemNote problem={problem} />}
        </DialogBody>
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" isBusy={duplicate.isPending || duplicate.isSuccess}>
            Duplicate
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
