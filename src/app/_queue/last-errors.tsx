"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import Link from "next/link";
import type { LastErrors as Errors } from "@/lib/schemas/report";
import { toProblem } from "../_data/problem";
import { useTellProblem } from "../_data/use-tell-problem";
import { useTRPC, useTRPCClient } from "../_data/trpc";
import { useSeed } from "../_data/use-seed";
import { Button } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { Moment } from "../_ui/moment";
import { ProblemNote } from "../_ui/problem-note";
import { shotPath } from "../_ui/shot-path";
import { useToast } from "../_ui/toast-store";
import { counted } from "../_ui/wording";
import { errorCount, stillFailed } from "./retry-words";
import { Light } from "./light";

type LastError = Errors["items"][number];

/** ms between two looks. */
const LOOK = 4_000;
/** Shots that are named of each reason. */
const NAMED = 5;

interface LastErrorsProps {
  errors: Errors;
  /** When the server read them, in ms since 1970. */
  at: number;
}

/** Why pictures failed lately, of all projects, with what to do and a way to try them again. */
export function LastErrors({ errors: first, at }: LastErrorsProps) {
  const trpc = useTRPC();
  useSeed(trpc.queue.errors.queryKey(), first, at);
  const { data, error } = useQuery({ ...trpc.queue.errors.queryOptions(), refetchInterval: LOOK });
  const { items } = data ?? first;
  return (
    <section aria-labelledby="last-errors" className="space-y-3">
      <h2 id="last-errors" className="text-lead font-semibold">
        Last errors
      </h2>
      {error && <ProblemNote problem={toProblem(error)} />}
      {items.length === 0 ? (
        <p className="rounded border border-line px-4 py-3 text-soft">No picture has failed.</p>
      ) : (
        <ul className="divide-y divide-line rounded bg-raised">
          {items.map((item) => (
            <ErrorLine key={`${item.code} ${item.message}`} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ErrorLine({ item }: { item: LastError }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const tellProblem = useTellProblem();
  const failed = stillFailed(item);
  const count = failed.reduce((sum, one) => sum + one.sentenceIds.length, 0);
  const retry = useMutation({
    mutationFn: async () => {
      const answers = [];
      for (const one of failed) answers.push(await client.image.retryFailed.mutate(one));
      return answers;
    },
    onSuccess: async (answers) => {
      const queued = answers.reduce((sum, one) => sum + one.queued, 0);
      const problem = answers.flatMap((one) => one.problems)[0];
      if (queued > 0) toast({ title: `${counted(queued, "picture")} in line again.` });
      if (problem) toast({ title: problem.message, text: problem.remedy, tone: "bad" });
      await queryClient.invalidateQueries({ queryKey: trpc.queue.pathKey() });
    },
    onError: tellProblem,
  });
  const { message, remedy, lastAt, shots } = item;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <span className="pt-[6px]">
        <Light tone={count > 0 ? "bad" : "past"} />
      </span>
      <div className="min-w-0 flex-1 basis-56 space-y-1">
        <p className="wrap-anywhere">{message}</p>
        {remedy && <p className="text-soft wrap-anywhere">{remedy}</p>}
        <p className="text-meta text-muted">
          {errorCount(item)}, last <Moment at={lastAt} />
        </p>
        {shots.length > 0 && (
          <ul className="space-y-0.5 pt-1">
            {shots.slice(0, NAMED).map((shot) => (
              <li key={shot.sentenceId} className="truncate">
                <Link href={shotPath(shot)} className="text-soft hover:text-text hover:underline">
                  {shot.projectName}
                  <span className="text-muted"> · {shot.text}</span>
                </Link>
                {!shot.isFailed && <span className="sr-only"> (no longer failed)</span>}
              </li>
            ))}
            {shots.length > NAMED && (
              <li className="text-meta text-muted">and {counted(shots.length - NAMED, "more shot")}</li>
            )}
          </ul>
        )}
      </div>
      <Button
        className={cx("min-w-28 max-sm:ml-5", count === 0 && "invisible")}
        disabled={count === 0}
        isBusy={retry.isPending}
        onClick={() => retry.mutate()}
      >
        <RotateCw size={14} aria-hidden />{" "}
        {count === 1 ? "Retry this" : `Retry these ${count.toLocaleString("en")}`}
      </Button>
    </li>
  );
}
