"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { modelCreateInput, modelUpdateInput, type Model } from "@/lib/schemas/model";
import { toProblem } from "../_data/problem";
import { useTRPC, useTRPCClient } from "../_data/trpc";
import { useDebounced } from "../_data/use-debounced";
import { Editor } from "../_library/editor";
import { foresightWords } from "../_library/foresight-words";
import { OnlyNew } from "../_library/only-new";
import { atField, fieldProblems } from "../_library/form-problems";
import { TestPicture } from "../_library/test-picture";
import { NEW } from "../_library/use-chosen";
import { useDraft } from "../_library/use-draft";
import { IconButton } from "../_ui/button";
import { useToast } from "../_ui/toast-store";
import { DeleteModel } from "./delete-model";
import { ModelEffect } from "./model-effect";
import { ModelForm } from "./model-form";
import {
  NEW_MODEL,
  sizeProblem,
  toChoices,
  toCreate,
  toUpdate,
  valuesOf,
  type ModelValues,
  type UploadedWorkflow,
} from "./model-values";
import { startOf, typedOver } from "./start-values";
import { useInspection } from "./use-inspection";

interface ModelEditorProps {
  /** null: a new one. */
  model: Model | null;
  /** A workflow that was chosen for it and is not saved. */
  upload: UploadedWorkflow | null;
  onUpload: (upload: UploadedWorkflow | null) => void;
  onChoose: (id: string | null) => void;
}

const NO_SERVERS: readonly { url: string; name: string }[] = [];
/** Fields that show themselves what is wrong with them; where values go is said at the bottom. */
const FIELDS = [...Object.keys(NEW_MODEL), "workflow", "workflowCategory"].filter(
  (one) => one !== "slotChoices",
);
const NOT_SAVED = { field: null, remedy: null, reason: "invalid_input" };
/** ms without a key before what a change does is asked for. */
const PAUSE = 250;

/** A model's form, with what was found in its workflow and what the servers lack. */
export function ModelEditor({ model, upload, onUpload, onChoose }: ModelEditorProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isTried, setIsTried] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const [isOnlyNew, setIsOnlyNew] = useState(false);
  const draft = useDraft<ModelValues>(`model ${model?.id ?? NEW}`, model ? valuesOf(model) : NEW_MODEL);
  const { values } = draft;
  const isChanged = draft.isChanged || upload !== null;
  const isChosen = "slotChoices" in draft.changes;
  const inspection = useInspection(values, { upload, modelId: model?.id ?? null, isChosen });
  const servers = inspection.data?.servers.filter(({ isDemo }) => !isDemo) ?? NO_SERVERS;

  const settledUpload = inspection.isPlaceholderData ? undefined : upload?.key;
  const taken = useRef<string | null>(null);
  const given = useRef<Partial<ModelValues>>({});
  useEffect(() => {
    // A new model begins with what its workflow was saved with, but for what was typed already.
    if (
      model ||
      !upload ||
      !inspection.data ||
      taken.current === settledUpload ||
      settledUpload === undefined
    )
      return;
    taken.current = settledUpload;
    const start = startOf(upload, inspection.data, draft.values, typedOver(draft.changes, given.current));
    given.current = start;
    draft.set(start);
  });

  const done = async () => {
    await queryClient.invalidateQueries({ queryKey: trpc.model.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.server.inspect.pathKey() });
    setIsTried(false);
    setIsOnlyNew(false);
    draft.discard();
    onUpload(null);
  };
  const create = useMutation(
    trpc.model.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await done();
        onChoose(id);
      },
    }),
  );
  const update = useMutation(
    trpc.model.update.mutationOptions({
      onSuccess: async ({ name }) => {
        await done();
        toast({ title: `“${name}” is saved.` });
      },
      onError: (cause) => {
        // Deleted in another window: the list read anew says so in place of the form.
        if (toProblem(cause).field === "modelId")
          void queryClient.invalidateQueries({ queryKey: trpc.model.list.pathKey() });
      },
    }),
  );
  const input = toUpdate(draft.changes, upload);
  const wrong = {
    ...fieldProblems(
      model ? modelUpdateInput.omit({ modelId: true }) : modelCreateInput,
      model ? input : toCreate(values, upload),
    ),
    ...sizeProblem(values),
  };
  const isValid = Object.keys(wrong).length === 0;
  const error = create.error ?? update.error;
  const problem = error && toProblem(error);
  const refused = { ...atField(inspection.problem, FIELDS), ...atField(problem, FIELDS) };
  // A form that was not touched yet is not full of red.
  const shown = Object.fromEntries(
    Object.entries(wrong).filter(([field]) => isTried || field in draft.changes),
  );

  const settled = useDebounced(JSON.stringify({ ...draft.changes, upload: upload?.key }), PAUSE);
  const canForesee =
    model !== null && isChanged && isValid && inspection.problem === null && !inspection.isUnconfirmed;
  const foresight = useQuery({
    queryKey: [...trpc.model.foresee.mutationKey(), model?.id, settled],
    queryFn: () => client.model.foresee.mutate({ modelId: model?.id ?? "none", ...input }),
    enabled: canForesee,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });

  const reset = () => {
    create.reset();
    update.reset();
  };
  return (
    <>
      <Editor
        title={model ? model.name : "New model"}
        actions={
          model && (
            <IconButton label="Delete this model" onClick={() => setIsDeleting(true)}>
              <Trash2 size={16} />
            </IconButton>
          )
        }
        effect={
          <ModelEffect
            values={values}
            isChosen={isChosen || model === null}
            isUploaded={upload !== null}
            inspection={inspection}
            onChange={(changes) => {
              reset();
              draft.set(changes);
            }}
            test={
              model && (
                <TestPicture
                  modelId={model.id}
                  lastUrl={model.previewUrl}
                  lastWords={model.previewUrl ? "The newest test picture" : "No test picture yet"}
                  obstacle={isChanged ? "Save first: a test paints what is saved" : null}
                  onPainted={() =>
                    void queryClient.invalidateQueries({ queryKey: trpc.model.list.pathKey() })
                  }
                />
              )
            }
          />
        }
        save={{
          label: model ? "Save" : "Create the model",
          isNew: model === null,
          isChanged,
          isBusy: create.isPending || update.isPending,
          consequence: canForesee && foresight.data && (
            <span className={foresight.isPlaceholderData ? "opacity-60" : undefined}>
              {foresightWords(foresight.data, isOnlyNew)}
            </span>
          ),
          offer: canForesee && (
            <OnlyNew foresight={foresight.data} checked={isOnlyNew} onChange={setIsOnlyNew} />
          ),
          problem:
            isTried && !isValid
              ? { ...NOT_SAVED, message: `Nothing is saved yet. ${Object.values(wrong)[0]}` }
              : problem && Object.keys(atField(problem, FIELDS)).length === 0
                ? problem
                : null,
          onSave: () => {
            setIsTried(true);
            if (!isValid) return;
            if (model)
              update.mutate({ modelId: model.id, ...input, ...(isOnlyNew && { keepPictures: true }) });
            else create.mutate(toCreate(values, upload));
          },
          onDiscard: () => {
            draft.discard();
            onUpload(null);
            setIsTried(false);
            setIsOnlyNew(false);
            reset();
          },
        }}
      >
        <ModelForm
          isNew={model === null}
          values={values}
          upload={upload}
          servers={servers}
          onChange={(changes) => {
            reset();
            draft.set(changes);
          }}
          onUpload={(next) => {
            reset();
            // Places of one workflow mean nothing in another: the server finds them again.
            draft.set({ slotChoices: model ? toChoices(model.slotChoices) : [] });
            onUpload(next);
          }}
          problems={{ ...shown, ...refused }}
        />
      </Editor>
      {model && isDeleting && (
        <DeleteModel
          model={model}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => {
            draft.discard();
            onChoose(null);
          }}
        />
      )}
    </>
  );
}
