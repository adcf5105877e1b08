"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { ProofForesight } from "@/lib/schemas/proof";
import type { Style } from "@/lib/schemas/style";
import { toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { foresightWords } from "../../../_library/foresight-words";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { ProblemNote } from "../../../_ui/problem-note";
import { RadioList } from "../../../_ui/radio-list";
import { counted } from "../../../_ui/wording";
import { useProofStyle } from "../live/use-proof-style";

interface UseStyleDialogProps {
  project: Project;
  style: Style;
  /** The shots of the sheet. */
  sentenceIds: readonly string[];
  onClose: () => void;
  onUsed: () => void;
}

/** A style that was picked on a contact sheet: for what, and what that does to pictures, before it is done. */
export function UseStyleDialog({ project, style, sentenceIds, onClose, onUsed }: UseStyleDialogProps) {
  const trpc = useTRPC();
  const [reach, setReach] = useState<"project" | "shots">("project");
  const { use, isBusy } = useProofStyle();
  const shots = counted(sentenceIds.length, "shot");
  const ask = {
    projectId: project.id,
    styleId: style.id,
    ...(reach === "shots" && { sentenceIds: [...sentenceIds] }),
  };
  const foresight = useQuery({
    ...trpc.proof.foresee.queryOptions(ask),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  // Shots that show a proof also where all that is clean stays.
  const kept = useQuery({
    ...trpc.proof.foresee.queryOptions({ ...ask, keepPictures: true }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  }).data?.proofs;
  const apply = async (keepPictures: boolean) => {
    if (await use(ask, style.name, keepPictures)) onUsed();
  };
  // Where every proof is the first picture of its shot, both ways do the same.
  const isOther = foresight.data && kept !== undefined && changedBy(foresight.data) > kept;
  return (
    <Dialog isOpen onClose={onClose} title={`Use “${style.name}”`}>
      <DialogBody className="space-y-3">
        <RadioList
          label="For"
          value={reach}
          isFirst
          onChoose={setReach}
          options={[
            { value: "project", name: "The project", hint: "All shots that have no style of their own" },
            {
              value: "shots",
              name: `${sentenceIds.length === 1 ? "This" : "These"} ${shots}`,
              hint: "As their own style, whatever the project’s is",
            },
          ]}
        />
        <div aria-live="polite" className="min-h-16 space-y-1 text-soft">
          {foresight.data &&
            wordsOf(foresight.data).map((words) => (
              <p key={words} className={foresight.isFetching ? "opacity-60" : undefined}>
                {words}
              </p>
            ))}
          {isOther && <p className={foresight.isFetching ? "opacity-60" : undefined}>{keptWords(kept)}</p>}
          {foresight.error && <ProblemNote problem={toProblem(foresight.error)} />}
        </div>
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        {isOther && (
          <Button isBusy={isBusy} onClick={() => void apply(true)}>
            Only for new pictures
          </Button>
        )}
        <Button look="primary" isBusy={isBusy} disabled={!foresight.data} onClick={() => void apply(false)}>
          {reach === "project" ? "Use it for the project" : `Use it for ${shots}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

const changedBy = ({ shots, proofs }: ProofForesight): number => shots + proofs;

/** What using it for new pictures only does. */
const keptWords = (proofs: number): string =>
  proofs === 0
    ? "Only for new pictures: every shot keeps what it shows."
    : `Only for new pictures: ${counted(proofs, "shot")} ${proofs === 1 ? "shows its proof" : "show their proofs"}, the others keep what they show.`;

/** What using the style does, in sentences. */
function wordsOf(foresight: ProofForesight): string[] {
  const { shots, proofs, left } = foresight;
  const said: string[] = [];
  if (proofs > 0)
    said.push(
      `${counted(proofs, "shot")} ${proofs === 1 ? "shows its proof" : "show their proofs"} at once: nothing is painted twice.`,
    );
  if (shots > 0 || proofs === 0) said.push(foresightWords(foresight, false, "This"));
  if (left > 0)
    said.push(`${counted(left, "locked shot")} ${left === 1 ? "keeps its" : "keep their"} picture.`);
  return said;
}
