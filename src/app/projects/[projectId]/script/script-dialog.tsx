"use client";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import { boardState } from "@/lib/script/board-state";
import { writeScript } from "@/lib/script/write-script";
import { toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { ScriptEditor } from "../../../_script/script-editor";
import { useScript } from "../../../_script/use-script";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { ProblemNote } from "../../../_ui/problem-note";
import { useToast } from "../../../_ui/toast-store";
import { counted } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import { compareWithBoard } from "./comparison";

/** The board's script, to be edited or pasted anew; what that does is shown before it is done. */
export function ScriptDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const trpc = useTRPC();
  const toast = useToast();
  const { cache, drafts } = useBoard();
  const [first] = useState(() => writeScript(project.sections));
  const board = useMemo(
    () => project.sections.flatMap((section) => section.sentences.map((one) => one.text)),
    [project.sections],
  );
  const script = useScript(first, board);
  const comparison = useMemo(() => compareWithBoard(project, script.sections), [project, script.sections]);
  const revise = useMutation(
    trpc.script.revise.mutationOptions({
      onSuccess: async ({ edited, added, removed }) => {
        await cache.refetch();
        toast({
          title: "The board follows the script.",
          text: [
            added > 0 && `${counted(added, "new shot")}.`,
            edited > 0 && `${counted(edited, "edited shot")} to look at: their pictures stay.`,
            removed > 0 && `${counted(removed, "shot")} on the shelf.`,
          ]
            .filter((one) => one !== false)
            .join(" "),
        });
        onClose();
      },
    }),
  );
  const problem = revise.error && toProblem(revise.error);
  const canApply = script.count > 0 && script.obstacle === null && comparison.isChange;
  const apply = async () => {
    // What was typed on the board is part of it.
    await drafts.storeAll();
    const state = boardState((cache.get() ?? project).sections);
    revise.mutate({ projectId: project.id, sections: [...script.sections], state });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Script"
      description="Edit it, or paste the new version over it. Shots that go on keep their pictures, takes and locks."
      isWide
    >
      <DialogBody className="h-[70dvh]">
        <ScriptEditor
          script={script}
          problem={null}
          onEdit={revise.reset}
          rows={20}
          marks={comparison.marks}
        />
        {comparison.removed.length > 0 && (
          <section aria-label="To the shelf" className="pt-3">
            <h3 className="font-semibold">To the shelf</h3>
            <p className="pb-1 text-meta text-muted">
              The new script lacks these. They keep their pictures and can be brought back.
            </p>
            <ul>
              {comparison.removed.map(({ id, number, text, hasPicture }) => (
                <li key={id} className="flex gap-3 border-l-3 border-edge px-2.5 py-1 text-muted">
                  <span className="w-8 shrink-0 text-right">{number}</span>
                  <s className="min-w-0 flex-1 wrap-anywhere">{text}</s>
                  {hasPicture && <span className="shrink-0 text-meta">has a picture</span>}
                </li>
              ))}
            </ul>
          </section>
        )}
        {problem && <ProblemNote problem={problem} />}
      </DialogBody>
      <DialogActions>
        <span aria-live="polite" className="mr-auto text-meta text-soft">
          {script.count === 0 ? "" : comparison.isChange ? comparison.words : "The same as the board."}
        </span>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" disabled={!canApply} isBusy={revise.isPending} onClick={() => void apply()}>
          Apply to the board
        </Button>
      </DialogActions>
    </Dialog>
  );
}
