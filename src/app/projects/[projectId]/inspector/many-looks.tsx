"use client";
import type { Sentence } from "@/lib/schemas/sentence";
import { modelChoices, styleChoices } from "../../../_projects/choices";
import { Picker, type PickerOption } from "../../../_ui/picker";
import { useBoard } from "../board/board-context";

/** What a picker shows where the shots do not agree; not an id. */
const MIXED = " mixed";
const mixed: PickerOption = { id: MIXED, name: "Several", obstacle: "they differ" };

/** Model and style of several shots at once. */
export function ManyLooks({ sentences }: { sentences: readonly Sentence[] }) {
  const { cache, looks, models, styles } = useBoard();
  const ids = sentences.map((one) => one.id);
  const modelId = common(sentences.map((one) => one.modelId));
  const styleId = common(sentences.map((one) => one.styleId));
  const runsOn = modelId ?? cache.get()?.modelId ?? null;
  return (
    <div className="grid grid-cols-2 gap-2">
      <Picker
        label="Model"
        value={modelId}
        options={[...(modelId === MIXED ? [mixed] : []), ...modelChoices(models, modelId)]}
        none="As the project"
        onPick={(picked) => void looks.ofShots(ids, { modelId: picked })}
        className="w-full"
      />
      <Picker
        label="Style"
        value={styleId}
        options={[
          ...(styleId === MIXED ? [mixed] : []),
          ...styleChoices(styles, styleId, models, runsOn === MIXED ? null : runsOn),
        ]}
        none="As the project"
        onPick={(picked) => void looks.ofShots(ids, { styleId: picked })}
        className="w-full"
      />
    </div>
  );
}

function common(values: readonly (string | null)[]): string | null {
  const [first = null] = values;
  return values.every((one) => one === first) ? first : MIXED;
}
