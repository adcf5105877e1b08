"use client";
import { Copy, Power, PowerOff, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Model } from "@/lib/schemas/model";
import { styleCreateInput, styleUpdateInput, type Style } from "@/lib/schemas/style";
import { charactersOf } from "../_characters/shot-people";
import { Editor } from "../_library/editor";
import { atField, fieldProblems } from "../_library/form-problems";
import { useDraft } from "../_library/use-draft";
import { IconButton } from "../_ui/button";
import { DeleteStyle } from "./delete-style";
import { StyleEffect } from "./style-effect";
import { StyleTest } from "./style-test";
import { StyleForm } from "./style-form";
import { loraProblem, NEW_STYLE, toChanges, toInput, valuesOf, type StyleValues } from "./style-values";
import { useForesight } from "./use-foresight";
import type { Sample } from "./use-sample";
import { draftKeyOf, useStyleActions } from "./use-style-actions";

interface StyleEditorProps {
  /** null: a new one. */
  style: Style | null;
  models: readonly Model[];
  sample: Sample;
  onChoose: (id: string | null) => void;
}

const FIELDS = Object.keys(NEW_STYLE);

/** A style's form with its effect, and what saving it does. */
export function StyleEditor({ style, models, sample, onChoose }: StyleEditorProps) {
  const [isTried, setIsTried] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const draft = useDraft<StyleValues>(draftKeyOf(style?.id ?? null), style ? valuesOf(style) : NEW_STYLE);
  const { values, isChanged } = draft;
  const { create, update, duplicate, problem, reset } = useStyleActions(onChoose);

  const changes = toChanges(draft.changes);
  const wrong = {
    ...fieldProblems(
      style ? styleUpdateInput.omit({ styleId: true }) : styleCreateInput,
      style ? changes : toInput(values),
    ),
    ...loraProblem(values),
  };
  const isValid = Object.keys(wrong).length === 0;
  const foresight = useForesight(style && isChanged && isValid ? { styleId: style.id, ...changes } : null);
  const refused = atField(problem, FIELDS);
  // A form that was not touched yet is not full of red.
  const shown = Object.fromEntries(
    Object.entries(wrong).filter(([field]) => isTried || field in draft.changes),
  );

  const save = () => {
    setIsTried(true);
    if (!isValid) return;
    const onSuccess = () => {
      setIsTried(false);
      foresight.forget();
    };
    const { keepPictures } = foresight;
    if (style)
      update.mutate({ styleId: style.id, ...changes, ...(keepPictures && { keepPictures }) }, { onSuccess });
    else create.mutate(toInput(values));
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
              <IconButton
                label={style.isActive ? "Switch this style off" : "Switch this style on"}
                disabled={update.isPending}
                onClick={() => update.mutate({ styleId: style.id, isActive: !style.isActive })}
              >
                {style.isActive ? <PowerOff size={16} /> : <Power size={16} />}
              </IconButton>
              <IconButton label="Delete this style" onClick={() => setIsDeleting(true)}>
                <Trash2 size={16} />
              </IconButton>
            </>
          )
        }
        effect={
          <StyleEffect
            values={values}
            sample={sample}
            characters={charactersOf(
              sample.shot,
              sample.cast,
              models.find((one) => one.id === sample.modelId) ?? null,
            )}
            test={
              <StyleTest style={style} models={models} isChanged={isChanged} prompt={sample.imagePrompt} />
            }
          />
        }
        save={{
          label: style ? "Save" : "Create the style",
          isNew: style === null,
          isChanged,
          isBusy: create.isPending || update.isPending,
          consequence: foresight.words,
          offer: foresight.offer,
          problem: problem && Object.keys(refused).length === 0 ? problem : null,
          onSave: save,
          onDiscard: () => {
            draft.discard();
            setIsTried(false);
            foresight.forget();
            reset();
          },
        }}
      >
        <StyleForm
          values={values}
          onChange={(more) => {
            reset();
            draft.set(more);
          }}
          problems={{ ...shown, ...atField(foresight.problem, FIELDS), ...refused }}
          models={models}
        />
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
