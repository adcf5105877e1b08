import { Button } from "../_ui/button";
import { cx } from "../_ui/class-names";
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
  return (
    <div className={cx("space-y-5", inspection.isPlaceholderData && "opacity-60")}>
      {failure}
      <ServerChecks
        servers={inspection.data.servers}
        isChecking={inspection.isFetching}
        onAgain={() => void inspection.checkAgain()}
      />
      <SlotTable inspection={inspection.data} />
    </div>
  );
}
