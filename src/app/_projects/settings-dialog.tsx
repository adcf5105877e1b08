"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useDeferredValue, useState } from "react";
import { LIMITS } from "@/lib/limits";
import { projectUpdateInput } from "@/lib/schemas/project";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { foresightWords } from "../_library/foresight-words";
import { OnlyNew } from "../_library/only-new";
import { atField, fieldProblems } from "../_library/form-problems";
import { Button } from "../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../_ui/dialog";
import { ProblemNote } from "../_ui/problem-note";
import { TextBox } from "../_ui/text-box";
import { ProjectFields, type ProjectLook } from "./project-fields";

interface SettingsDialogProps {
  project: ProjectLook & { id: string; name: string };
  onClose: () => void;
}

const FIELDS = ["name", "modelId", "styleId", "width", "height"];

/** A project's name, model, style and size; says what a change does to its pictures before it is saved. */
export function SettingsDialog({ project, onClose }: SettingsDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(project.name);
  const [look, setLook] = useState<ProjectLook>({
    modelId: project.modelId,
    styleId: project.styleId,
    width: project.width,
    height: project.height,
  });
  const [isOnlyNew, setIsOnlyNew] = useState(false);
  const models = useQuery(trpc.model.list.queryOptions());
  const styles = useQuery(trpc.style.list.queryOptions());
  const input = { projectId: project.id, name, ...look };
  const problems = fieldProblems(projectUpdateInput, input);
  const changes = useDeferredValue({ projectId: project.id, ...look });
  const isOtherLook = Object.entries(look).some(
    ([field, value]) => value !== project[field as keyof ProjectLook],
  );
  const parsedChanges = projectUpdateInput.safeParse(changes);
  const foresight = useQuery({
    ...trpc.project.foresee.queryOptions(parsedChanges.data ?? { projectId: project.id }),
    enabled: isOtherLook && parsedChanges.success,
    placeholderData: keepPreviousData,
  });
  const save = useMutation(
    trpc.project.update.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        onClose();
      },
    }),
  );
  const problem = save.error && toProblem(save.error);
  const refused = atField(problem, FIELDS);
  const shown = { ...problems, ...refused };

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = projectUpdateInput.safeParse(input);
    if (parsed.success)
      save.mutate({ ...parsed.data, ...(isOtherLook && isOnlyNew && { keepPictures: true }) });
  };
  return (
    <Dialog isOpen onClose={onClose} title="Project settings">
      <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
        <DialogBody className="space-y-3">
          <TextBox
            label="Name"
            data-autofocus
            limit={LIMITS.name}
            value={name}
            onChange={setName}
            problem={shown["name"]}
          />
          <ProjectFields
            look={look}
            onChange={(changed) => setLook({ ...look, ...changed })}
            models={models.data?.items ?? []}
            styles={styles.data?.items ?? []}
            problems={shown}
          />
          <p aria-live="polite" className="min-h-4 text-meta text-soft">
            {isOtherLook && foresight.data && foresightWords(foresight.data, isOnlyNew)}
          </p>
          {isOtherLook && <OnlyNew foresight={foresight.data} checked={isOnlyNew} onChange={setIsOnlyNew} />}
          {problem && Object.keys(refused).length === 0 && <ProblemNote problem={problem} />}
        </DialogBody>
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" isBusy={save.isPending}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
