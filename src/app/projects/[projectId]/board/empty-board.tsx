"use client";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { Button } from "../../../_ui/button";
import { measureScript } from "../../../_ui/measure-script";
import { ProblemNote } from "../../../_ui/problem-note";
import { ScriptField } from "../../../_ui/script-field";
import { counted } from "../../../_ui/wording";
import { useBoard } from "./board-context";

/** A project without a shot: one place to paste the script. */
export function EmptyBoard() {
  const trpc = useTRPC();
  const { projectId, cache } = useBoard();
  const [script, setScript] = useState("");
  const add = useMutation(trpc.script.import.mutationOptions({ onSuccess: () => cache.refetch() }));
  const problem = add.error && toProblem(add.error);
  const { sentences, problem: limit } = measureScript(script);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sentences > 0 && limit === null) add.mutate({ projectId, text: script, format: "markdown" });
  };
  return (
    <main className="overflow-y-auto">
      <form onSubmit={submit} className="mx-auto max-w-[720px] space-y-4 px-4 py-10 sm:py-16">
        <h2 className="text-title font-semibold">Paste the script</h2>
        <ScriptField
          value={script}
          rows={14}
          onChange={(next) => {
            setScript(next);
            add.reset();
          }}
          problem={problem?.field === "text" ? problem.message : null}
        />
        {problem && problem.field !== "text" && <ProblemNote problem={problem} />}
        <div className="flex justify-end">
          <Button
            look="primary"
            type="submit"
            disabled={sentences === 0 || limit !== null}
            isBusy={add.isPending || add.isSuccess}
          >
            {sentences > 0 && limit === null ? `Make ${counted(sentences, "shot")}` : "Make the board"}
          </Button>
        </div>
      </form>
    </main>
  );
}
