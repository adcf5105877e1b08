"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Model } from "@/lib/schemas/model";
import { styleCreateInput, styleUpdateInput, type Style } from "@/lib/schemas/style";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { useDebounced } from "../_data/use-debounced";
import { Editor } from "../_library/editor";
import { foresightWords } from "../_library/foresight-words";
import { atField, fieldProblems } from "../_library/form-problems";
import { NEW } from "../_library/use-chosen";
import { useDraft } from "../_library/use-draft";
import { IconButton } from "../_ui/button";
import { useToast } from "../_ui/toast-store";
import { DeleteStyle } from "./delete-style";
import { StyleEffect } from "./style-effect";
import { StyleForm } from "./style-form";
import { NEW_STYLE, toInput, valuesOf, type StyleValues } from "./style-values";
import type { Sample } from "./use-sample";

interface StyleEditorProps {
  /** null: a new one. */
  style: Style | null;
  models: readonly Model[];
  sample: Sample;
  onChoose: (id: string | null) => void;
}

const FIELDS = Object.keys(NEW_STYLE);
/** ms without a key before what a change does is asked for. */
const PAUSE = 250;

/** A style's form with its effect, and what saving it does. */
export function StyleEditor({ style, models, sample, onChoose }: StyleEditorProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isTried, setIsTried] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const draft = useDraft<StyleValues>(`style ${style?.id ?? NEW}`, style ? valuesOf(style) : NEW_STYLE);
  const { values, isChanged } = draft;

  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.style.list.pathKey() });
  const create = useMutation(
    trpc.style.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await refresh();
        draft.discard();
        onChoose(id);
      },
    }),
  );
  const update = useMutation(
    trpc.style.update.mutationOptions({
      onSuccess: async ({ name }) => {
        await refresh();
        draft.discard();
        toast({ title: `“${name}” is saved.` });
      },
    }),
  );
  const duplicate = useMutation(
    trpc.style.duplicate.mutationOptions({
      onSuccess: async ({ id }) => {
        await refresh();
        onChoose(id);
      },
    }),
  );

  const input = toInput(values);
  const wrong = fieldProblems(style ? styleUpdateInput.omit({ styleId: true }) : styleCreateInput, input);
  const isValid = Object.keys(wrong).length === 0;
  const error = create.error ?? update.error ?? duplicate.error;
  const problem = error && toProblem(error);
  const refused = atField(problem, FIELDS);
  // A form that was not touched yet is not full of red.
  const shown = Object.fromEntries(
    Object.entries(wrong).filter(([field]) => isTried || field in draft.changes),
  );

  const settled = useDebounced(JSON.stringify(input), PAUSE);
  const foresight = useQuery({
    ...trpc.style.foresee.queryOptions({
      ...(JSON.parse(settled) as typeof input),
      styleId: style?.id ?? "none",
    }),
    enabled: style !== null && isChanged && isValid,
    placeholderData: keepPreviousData,
    retry: false,
  });

  const change = (changes: Partial<StyleValues>) => {
    if (error) for (const one of [create, update, duplicate]) one.reset();
    draft.set(changes);
  };
  const save = () => {
    setIsTried(true);
    if (!isValid) return;
    if (style) update.mutate({ styleId: style.id, ...input });
    else create.mutate(input);
  };
  return (
    <>
      <Editor
        title={style ? style.name : "New style"}
        actions={
          style && (
            <>
              <IconButton
                label="Duplicate this style"
                disabled={duplicate.isPending}
                onClick={() => duplicate.mutate({ styleId: style.id })}
              >
                <Copy size={16} />
              </IconButton>
              <IconButton label="Delete this style" onClick={() => setIsDeleting(true)}>
                <Trash2 size={16} />
              </IconButton>
            </>
          )
        }
        effect={<StyleEffect values={values} previewUrl={style?.previewUrl ?? null} sample={sample} />}
        save={{
          label: style ? "Save" : "Create the style",
          isNew: style === null,
          isChanged,
          isBusy: create.isPending || update.isPending,
          consequence:
            style &&
            (foresight.data ? (
              <span className={foresight.isPlaceholderData ? "opacity-60" : undefined}>
                {foresightWords(foresight.data)}
              </span>
            ) : null),
          problem: problem && Object.keys(refused).length === 0 ? problem : null,
          onSave: save,
          onDiscard: () => {
            draft.discard();
            setIsTried(false);
            for (const one of [create, update, duplicate]) one.reset();
          },
        }}
      >
        <StyleForm values={values} onChange={change} problems={{ ...shown, ...refused }} models={models} />
      </Editor>
      {style && isDeleting && (
        <DeleteStyle
          style={style}
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
