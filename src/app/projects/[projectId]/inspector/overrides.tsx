"use client";
import type { ReactNode } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { Picker } from "../../../_ui/picker";
import { useBoard } from "../board/board-context";
import { modelChoices, styleChoices } from "../../../_projects/choices";

/** Model and style of one shot, where they are not the project's. */
export function Overrides({ sentence, project }: { sentence: Sentence; project: Project }) {
  const { actions, models, styles } = useBoard();
  const nameOf = (list: readonly { id: string; name: string }[], id: string | null, none: string) =>
    list.find((one) => one.id === id)?.name ?? none;
  const modelId = sentence.modelId ?? project.modelId;
  return (
    <div className="grid grid-cols-2 gap-2">
      <Labelled label="Model" isOwn={sentence.modelId !== null}>
        <Picker
          label="Model of this shot"
          isLabelHidden
          value={sentence.modelId}
          options={modelChoices(models, sentence.modelId)}
          none="As the project"
          noneShown={nameOf(models, project.modelId, "Default workflow")}
          onPick={(picked) => void actions.update([{ sentenceId: sentence.id, modelId: picked }])}
          className="w-full"
        />
      </Labelled>
      <Labelled label="Style" isOwn={sentence.styleId !== null}>
        <Picker
          label="Style of this shot"
          isLabelHidden
          value={sentence.styleId}
          options={styleChoices(styles, sentence.styleId, models, modelId)}
          none="As the project"
          noneShown={nameOf(styles, project.styleId, "No style")}
          onPick={(picked) => void actions.update([{ sentenceId: sentence.id, styleId: picked }])}
          className="w-full"
        />
      </Labelled>
    </div>
  );
}

function Labelled({ label, isOwn, children }: { label: string; isOwn: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0 space-y-1.5">
      <p aria-hidden className="flex gap-2 text-meta text-muted">
        <span className="flex-1">{label}</span>
        <span>{isOwn ? "of this shot" : "as the project"}</span>
      </p>
      {children}
    </div>
  );
}
