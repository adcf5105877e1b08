import { useMutation } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, CircleHelp, RefreshCw } from "lucide-react";
import type { ModelInspection } from "@/lib/schemas/model";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { Button } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { ProblemNote } from "../_ui/problem-note";
import { missingWords } from "./model-words";
import { ServerProblem, ServerReplacement } from "./server-problem";

interface ServerChecksProps {
  servers: ModelInspection["servers"];
  isChecking: boolean;
  onAgain: () => void;
}

/** Whether each connected ComfyUI has all that a workflow needs. */
export function ServerChecks({ servers, isChecking, onAgain }: ServerChecksProps) {
  return (
    <section aria-labelledby="servers" className="space-y-2">
      <div className="flex items-center gap-2">
        <h3 id="servers" className="flex-1 text-meta text-muted">
          On your ComfyUI
        </h3>
        <Button look="quiet" isBusy={isChecking} onClick={onAgain}>
          <RefreshCw size={14} aria-hidden /> Check again
        </Button>
      </div>
      <ul className="space-y-3">
        {servers.map((server) => (
          <li key={server.url} className="space-y-1.5">
            <ServerLine server={server} />
            {server.isDemo && server.problems.length > 0 && (
              <p className="text-meta text-muted">
                It knows only what Shotboard’s own models need. Your ComfyUI may have these: connect it on the
                Queue page to see.
              </p>
            )}
            <ServerDetails server={server} onChosen={onAgain} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What it lacks, and what it loads instead of what it does not have. */
function ServerDetails({
  server: { url, isDemo, problems, replacements },
  onChosen,
}: {
  server: ModelInspection["servers"][number];
  onChosen: () => void;
}) {
  const trpc = useTRPC();
  const choose = useMutation(trpc.server.choose.mutationOptions({ onSuccess: onChosen }));
  if (problems.length + replacements.length === 0) return null;
  return (
    <>
      <ul className="divide-y divide-line rounded border border-line">
        {problems.map((problem) => {
          const { nodeId, classType, input, value } = problem;
          return (
            <ServerProblem
              key={`${nodeId} ${input} ${value}`}
              problem={problem}
              onChoose={
                isDemo || input === null || value === null
                  ? null
                  : (choice) => choose.mutate({ url, classType, input, value, choice })
              }
            />
          );
        })}
        {replacements.map((one) => (
          <ServerReplacement
            key={`${one.nodeId} ${one.input}`}
            replacement={one}
            onUndo={() =>
              choose.mutate({
                url,
                classType: one.classType,
                input: one.input,
                value: one.from,
                choice: null,
              })
            }
          />
        ))}
      </ul>
      {choose.error && <ProblemNote problem={toProblem(choose.error)} />}
    </>
  );
}

function ServerLine({ server }: { server: ModelInspection["servers"][number] }) {
  const { name, isDemo, status, problems } = server;
  const [Icon, tone, words] =
    status === "unreachable"
      ? ([CircleHelp, "text-muted", "does not answer, so what it lacks is not known"] as const)
      : problems.length > 0
        ? ([CircleAlert, "text-warn", missingWords(problems) ?? ""] as const)
        : isDemo
          ? ([CircleCheck, "text-muted", "paints placeholders and needs no files"] as const)
          : ([CircleCheck, "text-good", "has all it needs"] as const);
  return (
    <p className="flex gap-2">
      <Icon size={14} className={`mt-[3px] shrink-0 ${tone}`} aria-hidden />
      <span className="min-w-0 wrap-anywhere">
        {name}{" "}
        <span className={cx("ml-1 text-meta", problems.length > 0 ? "text-warn" : "text-muted")}>
          {words}
        </span>
      </span>
    </p>
  );
}
