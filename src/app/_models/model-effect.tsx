import type { ReactNode } from "react";
import { Button } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { ProblemNote } from "../_ui/problem-note";
import { BindingsNote } from "./bindings-note";
import { toChoices, type Choice, type ModelValues } from "./model-values";
import { ServerChecks } from "./server-checks";
import { SlotTable } from "./slot-table";
import type { useInspection } from "./use-inspection";
import { WorkflowDefaults } from "./workflow-defaults";

interface ModelEffectProps {
  values: ModelValues;
  /** Whether the choices of the form are the user's, and not those that are stored. */
  isChosen: boolean;
  isUploaded: boolean;
  inspection: ReturnType<typeof useInspection>;
  onChange: (changes: Partial<ModelValues>) => void;
  /** The test picture, or what stands in its place. */
  test: ReactNode;
}

/** What a model's workflow takes, and what it lacks on the connected servers; at once, before it is saved. */
export function ModelEffect({ values, isChosen, isUploaded, inspection, onChange, test }: ModelEffectProps) {
  if (values.workflowType === "image-to-video")
    return <p className="text-soft">Video workflows are not looked into yet: they are kept as they are.</p>;
  const { problem } = inspection;
  if (problem && problem.field !== null)
    return <p className="text-soft">This workflow cannot be used as it is; its field says why.</p>;
  const failure = problem && (
    <ProblemNote problem={problem}>
      <Button isBusy={inspection.isFetching} onClick={() => void inspection.checkAgain()}>
        Try again
      </Button>
    </ProblemNote>
  );
  if (!inspection.data)
    return failure ?? <p className="animate-late text-muted">The workflow is being looked into…</p>;
  const choose = (slotChoices: Choice[]) => onChange({ slotChoices });
  const { warnings, slotChoices } = inspection.data;
  return (
    <div className={cx("space-y-5", inspection.isPlaceholderData && "opacity-60")}>
      {test}
      {failure}
      {warnings.length > 0 && (
        <ul className="space-y-0.5 text-meta text-warn">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <BindingsNote
        inspection={inspection.data}
        choices={isChosen ? values.slotChoices : []}
        onChoose={choose}
      />
      <ServerChecks
        servers={inspection.data.servers}
        isChecking={inspection.isFetching}
        onAgain={() => void inspection.checkAgain()}
      />
      <SlotTable
        inspection={inspection.data}
        choices={isChosen ? values.slotChoices : toChoices(slotChoices)}
        onChoose={choose}
      />
      {isUploaded && <WorkflowDefaults inspection={inspection.data} values={values} onChange={onChange} />}
    </div>
  );
}
