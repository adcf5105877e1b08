import { ProblemNote } from "../_ui/problem-note";
import type { ModelValues } from "./model-values";
import { ServerChecks } from "./server-checks";
import { SlotTable } from "./slot-table";
import type { useInspection } from "./use-inspection";

interface ModelEffectProps {
  type: ModelValues["workflowType"];
  inspection: ReturnType<typeof useInspection>;
}

/** What a model's workflow takes, and what it lacks on the connected servers; at once, before it is saved. */
export function ModelEffect({ type, inspection }: ModelEffectProps) {
  if (type === "image-to-video")
    return <p className="text-soft">Video workflows are not looked into yet: they are kept as they are.</p>;
  if (inspection.problem)
    return <ProblemNote problem={inspection.problem.field === null ? inspection.problem : UNUSABLE} />;
  if (!inspection.data) return <p className="animate-late text-muted">The workflow is being looked into…</p>;
  return (
    <>
      <ServerChecks
        servers={inspection.data.servers}
        isChecking={inspection.isFetching}
        onAgain={() => void inspection.refetch()}
      />
      <SlotTable inspection={inspection.data} />
    </>
  );
}

/** The field beside it says why. */
const UNUSABLE = {
  message: "This workflow cannot be used as it is.",
  remedy: "What is wrong stands at the workflow. Nothing was changed.",
};
