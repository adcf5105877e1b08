"use client";
import { useMutation } from "@tanstack/react-query";
import type { SubmitEvent } from "react";
import { toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { ScriptEditor } from "../../../_script/script-editor";
import { useScript } from "../../../_script/use-script";
import { Button } from "../../../_ui/button";
import { ProblemNote } from "../../../_ui/problem-note";
import { counted } from "../../../_ui/wording";
import { useBoard } from "./board-context";

/** A project without a shot: one place to paste the script. */
export function EmptyBoard() {
  const trpc = useTRPC();
  const { projectId, cache } = useBoard();
  const script = useScript();
  const add = useMutation(trpc.script.import.mutationOptions({ onSuccess: () => cache.refetch() }));
  const problem = add.error && toProblem(add.error);
  const isAtScript = problem?.field?.startsWith("sections") === true;
  const canAdd = script.count > 0 && script.obstacle === null;

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (canAdd) add.mutate({ projectId, sections: [...script.sections] });
  };
  return (
    <main className="overflow-y-auto">
      <form onSubmit={submit} className="mx-auto max-w-[720px] space-y-4 px-4 py-10 sm:py-16">
        <h2 className="text-title font-semibold">Paste the script</h2>
        <ScriptEditor
          script={script}
          rows={14}
          onEdit={add.reset}
          problem={isAtScript ? problem.message : null}
        />
        {problem && !isAtScript && <ProblemNote problem={problem} />}
        <div className="sticky bottom-0 flex justify-end bg-ground py-2">
          <Button look="primary" type="submit" disabled={!canAdd} isBusy={add.isPending || add.isSuccess}>
            {canAdd ? `Make ${counted(script.count, "shot")}` : "Make the board"}
          </Button>
        </div>
      </form>
    </main>
  );
}
