"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { ProofOutput } from "@/lib/schemas/proof";
import type { Sentence } from "@/lib/schemas/sentence";
import { toProblem } from "../../../_data/problem";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPC } from "../../../_data/trpc";
import { Button } from "../../../_ui/button";
import { Key } from "../../../_ui/key";
import { ProblemNote } from "../../../_ui/problem-note";
import { useBoard } from "../board/board-context";
import {
  cellsOf,
  isOpenCell,
  isPaintable,
  type Sheet,
  sheetWords,
  shotsForSheet,
} from "../model/contact-sheet";
import { SheetGrid } from "./sheet-grid";
import { SheetSetup } from "./sheet-setup";
import { StageFrame } from "./stage-frame";
import { UseStyleDialog } from "./use-style-dialog";

interface ContactSheetProps {
  project: Project;
  /** All shots, in board order. */
  sentences: readonly Sentence[];
  /** Ids of those that the board shows. */
  order: readonly string[];
  chosen: ReadonlySet<string>;
  numbers: ReadonlyMap<string, number>;
  onClose: () => void;
}

const NO_PROBLEMS: ProofOutput["problems"] = [];

/** Shots × styles: each painted in each, to pick one by. What is painted goes on when it is closed. */
export function ContactSheet({ project, sentences, order, chosen, numbers, onClose }: ContactSheetProps) {
  const { styles } = useBoard();
  const projectId = project.id;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const tellProblem = useTellProblem();
  const options = trpc.proof.list.queryOptions({ projectId });
  const list = useQuery({ ...options, staleTime: 0 });
  const [asked, setAsked] = useState<Sheet | null>(null);
  const [isChoosing, setIsChoosing] = useState<boolean | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const [isLarge, setIsLarge] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: options.queryKey });
  const make = useMutation(trpc.proof.make.mutationOptions({ onSettled: refresh, onError: tellProblem }));
  const cancel = useMutation(trpc.image.cancel.mutationOptions({ onSettled: refresh, onError: tellProblem }));

  const last = list.data?.sheet ?? null;
  const sheet = existing(asked ?? last, sentences, styles);
  const isOther = [...chosen].some((id) => !last?.sentenceIds.includes(id));
  // What is being painted is shown first; else what was chosen on the board is what it is about.
  const isLastOpen = list.data?.items.some((one) => one.job.endedAt === null) ?? false;
  const choosing = isChoosing ?? (list.isSuccess && (sheet === null || (isOther && !isLastOpen)));
  const rows = sheet ? cellsOf(sheet, list.data?.items ?? [], make.data?.problems ?? NO_PROBLEMS) : [];
  const cells = rows.flat();
  const open = cells
    .filter(isOpenCell)
    .flatMap((one) => (one.job && !one.job.isCancelling ? one.job.id : []));
  const missing = cells.filter(isPaintable).length;
  const paint = (wanted: Sheet) => {
    setAsked(wanted);
    setIsChoosing(false);
    make.mutate({ projectId, ...wanted });
  };
  return (
    <StageFrame
      title="Contact sheet"
      project={project}
      head={
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 py-2">
          <span aria-live="polite" className="min-w-0 flex-1 truncate text-muted">
            {sheet && !choosing && sheetWords(cells)}
          </span>
          {sheet && !choosing && (
            <>
              {open.length > 0 && (
                <Button isBusy={cancel.isPending} onClick={() => cancel.mutate({ jobIds: open })}>
                  Cancel {open.length}
                </Button>
              )}
              {missing > 0 && (
                <Button isBusy={make.isPending} onClick={() => paint(sheet)}>
                  Paint {missing}
                </Button>
              )}
              <Button onClick={() => setIsChoosing(true)}>Other shots or styles…</Button>
            </>
          )}
        </div>
      }
      onClose={onClose}
      // First back from the large picture, then out of the sheet.
      onEscapeKeyDown={(event) => isLarge && event.preventDefault()}
    >
      {list.error ? (
        <div className="p-4">
          <ProblemNote problem={toProblem(list.error)}>
            <Button onClick={() => void list.refetch()}>Try again</Button>
          </ProblemNote>
        </div>
      ) : choosing ? (
        <SheetSetup
          sentences={sentences}
          numbers={numbers}
          shots={chosen.size > 0 || !last ? shotsForSheet(order, chosen) : last.sentenceIds}
          selected={chosen.size}
          first={(asked ?? last)?.styleIds ?? []}
          onPaint={paint}
          onBack={sheet ? () => setIsChoosing(false) : null}
        />
      ) : (
        sheet && (
          <>
            <SheetGrid
              rows={rows}
              sentences={sentences}
              styles={styles}
              numbers={numbers}
              isLarge={isLarge}
              onLarge={setIsLarge}
              onPick={setPicked}
            />
            <p className="flex flex-wrap justify-center gap-x-3 gap-y-1 p-2 text-meta text-muted touch:hidden">
              {HINTS.map(([key, words]) => (
                <span key={key}>
                  <Key>{key}</Key> {words}
                </span>
              ))}
            </p>
          </>
        )
      )}
      {picked !== null && sheet && (
        <UseStyleDialog
          project={project}
          style={styles.find((one) => one.id === picked)!}
          sentenceIds={sheet.sentenceIds}
          onClose={() => setPicked(null)}
          onUsed={() => {
            setPicked(null);
            void refresh();
          }}
        />
      )}
    </StageFrame>
  );
}

const HINTS: [string, string][] = [
  ["←↑↓→", "move"],
  ["Enter", "larger"],
  ["P", "use this style"],
];

/** A sheet without what is not there any more; null where nothing is left. */
function existing(
  sheet: Sheet | null,
  sentences: readonly Sentence[],
  styles: readonly { id: string }[],
): Sheet | null {
  if (!sheet) return null;
  const sentenceIds = sheet.sentenceIds.filter((id) => sentences.some((one) => one.id === id));
  const styleIds = sheet.styleIds.filter((id) => styles.some((one) => one.id === id));
  return sentenceIds.length > 0 && styleIds.length > 0 ? { sentenceIds, styleIds } : null;
}
