import { CircleAlert, CircleCheck, CircleHelp, RefreshCw } from "lucide-react";
import type { ModelInspection } from "@/lib/schemas/model";
import { CopyButton } from "../_queue/copy-button";
import { Button } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { missingWords } from "./model-words";

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
            {server.problems.length > 0 && (
              <ul className="divide-y divide-line rounded border border-line">
                {server.problems.map((problem) => (
                  <li key={`${problem.nodeId} ${problem.input} ${problem.value}`} className="px-3 py-1.5">
                    {problem.value === null ? (
                      <>
                        <p className="wrap-anywhere">{problem.message}</p>
                        <p className="text-meta text-muted">{problem.remedy}</p>
                      </>
                    ) : (
                      <div className="flex items-center gap-2">
                        <div className="min-w-0 flex-1">
                          <p className="wrap-anywhere">{problem.value}</p>
                          <p className="text-meta text-muted">
                            {problem.folder === null
                              ? problem.remedy
                              : `goes into ComfyUI’s ${problem.folder}`}
                          </p>
                        </div>
                        <CopyButton text={problem.value} label={`Copy the name ${problem.value}`} />
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
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
