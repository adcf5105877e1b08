"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { z } from "zod";
import { nameSchema, sideSchema } from "@/lib/schemas/common";
import { projectCreateInput } from "@/lib/schemas/project";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { fieldProblems } from "../_library/form-problems";
import { Button } from "../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../_ui/dialog";
import { Field, INPUT } from "../_ui/field";
import { ProblemNote } from "../_ui/problem-note";
import { counted } from "../_ui/wording";
import { ScriptEditor } from "../_script/script-editor";
import { useScript } from "../_script/use-script";
import { nameFrom } from "./name-from";
import { ProjectFields, type ProjectLook } from "./project-fields";

const DEFAULT_LOOK: ProjectLook = { modelId: null, styleId: null, width: 1920, height: 1088 };
const sizeSchema = z.object({ width: sideSchema, height: sideSchema });

/** A name, a script and a look become a project. */
export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const script = useScript();
  const [isTried, setIsTried] = useState(false);
  const [look, setLook] = useState<ProjectLook>(DEFAULT_LOOK);
  const models = useQuery(trpc.model.list.queryOptions());
  const styles = useQuery(trpc.style.list.queryOptions());
  const sizeProblems = fieldProblems(sizeSchema, { width: look.width, height: look.height });
  const create = useMutation(
    trpc.project.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.project.list.pathKey() });
        router.push(`/projects/${id}`);
      },
    }),
  );
  const problem = create.error && toProblem(create.error);
  const checked = nameSchema.safeParse(name);
  const nameProblem =
    problem?.field === "name"
      ? problem.message
      : isTried && !checked.success
        ? checked.error.issues[0]!.message
        : null;
  const isAtScript = problem?.field?.startsWith("sections") === true;
  const isAtField = problem?.field === "name" || isAtScript;

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsTried(true);
    if (!checked.success || script.obstacle !== null) return;
    const parsed = projectCreateInput.safeParse({
      name: checked.data,
      ...(script.count > 0 && { sections: script.sections }),
      ...(look.modelId !== null && { modelId: look.modelId }),
      ...(look.styleId !== null && { styleId: look.styleId }),
      width: look.width,
      height: look.height,
    });
    if (parsed.success) create.mutate(parsed.data);
  };

  return (
    <Dialog isOpen onClose={onClose} title="New project" isWide>
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <DialogBody className="space-y-3">
          <Field label="Name" problem={nameProblem}>
            {(field) => (
              <input
                {...field}
                data-autofocus
                autoComplete="off"
                className={`${INPUT} h-9 w-full touch:h-11`}
                value={name}
                onChange={(event) => {
                  setName(event.target.value);
                  create.reset();
                }}
              />
            )}
          </Field>
          <ScriptEditor
            script={script}
            problem={isAtScript ? problem.message : null}
            onEdit={create.reset}
            onFile={(fileName) => name.trim() === "" && setName(nameFrom(fileName))}
          />
          <ProjectFields
            look={look}
            onChange={(changed) => {
              setLook({ ...look, ...changed });
              create.reset();
            }}
            models={models.data?.items ?? []}
            styles={styles.data?.items ?? []}
            problems={sizeProblems}
          />
          {problem && !isAtField && <ProblemNote problem={problem} />}
        </DialogBody>
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" isBusy={create.isPending || create.isSuccess}>
            {script.count === 0 ? "Create an empty project" : `Create ${counted(script.count, "shot")}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
