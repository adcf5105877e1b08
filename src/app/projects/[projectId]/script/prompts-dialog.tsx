"use client";
import { Copy, Save } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { LIMITS } from "@/lib/limits";
import type { Sentence } from "@/lib/schemas/sentence";
import { matchPrompts } from "@/lib/script/match-prompts";
import { readPromptTable, writePromptTable } from "@/lib/script/prompt-table";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { TextFileField } from "../../../_ui/text-file-field";
import { Toggle } from "../../../_ui/toggle";
import { useToast } from "../../../_ui/toast-store";
import { useInBrowser } from "../../../_ui/use-in-browser";
import { counted } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import { PromptChanges } from "./prompt-changes";

interface PromptsDialogProps {
  projectName: string;
  /** All shots, in board order. */
  sentences: readonly Sentence[];
  /** Those that a table is made of; all where there are none. */
  chosenIds: ReadonlySet<string>;
  onClose: () => void;
}

/** The shots as a table to write prompts into elsewhere, and the way back: what changes is shown before it does. */
export function PromptsDialog({ projectName, sentences, chosenIds, onClose }: PromptsDialogProps) {
  const { actions, cache, drafts } = useBoard();
  const toast = useToast();
  const canCopy = useInBrowser() && navigator.clipboard !== undefined;
  const [source, setSource] = useState("");
  const [byNumber, setByNumber] = useState(false);
  const [isStoring, setIsStoring] = useState(false);
  const settled = useDeferredValue(source);
  const isTooLarge = settled.length > LIMITS.promptTable;
  const table = useMemo(() => readPromptTable(isTooLarge ? "" : settled), [settled, isTooLarge]);
  const shots = useMemo(() => sentences.map((one, index) => ({ ...one, number: index + 1 })), [sentences]);
  const matches = useMemo(() => matchPrompts(shots, table.rows, byNumber), [shots, table, byNumber]);
  const tooLong = matches.changes.filter(({ prompt }) => (prompt?.length ?? 0) > LIMITS.text);
  const { changes, same, strange, beyond } = matches;

  const isCopied = ({ id }: { id: string }) => chosenIds.size === 0 || chosenIds.has(id);
  const copied = shots.filter(isCopied);
  /** What was typed on the board is part of it. */
  const stored = async (): Promise<readonly Sentence[]> => {
    await drafts.storeAll();
    return cache.get()?.sections.flatMap((section) => section.sentences) ?? sentences;
  };
  const written = (all: readonly Sentence[]) =>
    writePromptTable(
      all
        .map(({ id, text, imagePrompt }, index) => ({
          id,
          number: index + 1,
          text,
          prompt: imagePrompt ?? "",
        }))
        .filter(isCopied),
    );
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(written(await stored()));
      toast({
        title: `${counted(copied.length, "shot")} copied as a table.`,
        text: "Paste it into a spreadsheet or a chat.",
      });
    } catch {
      toast({
        title: "The browser did not let it be copied.",
        text: "Save it as a file instead.",
        tone: "bad",
      });
    }
  };
  const save = async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(
      new Blob([written(await stored())], { type: "text/tab-separated-values" }),
    );
    link.download = `${projectName} prompts.tsv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const apply = async () => {
    setIsStoring(true);
    await drafts.storeAll();
    const isStored = await actions.update(
      changes.map(({ shot, prompt }) => ({
        sentenceId: shot.id,
        imagePrompt: prompt,
        version: shot.version,
      })),
    );
    setIsStoring(false);
    if (!isStored) return;
    toast({ title: `${counted(changes.length, "prompt")} changed.`, text: "Ctrl+Z takes them all back." });
    onClose();
  };
  const words = [
    changes.length > 0 && `${counted(changes.length, "prompt")} change`,
    same > 0 && `${same.toLocaleString("en")} the same`,
  ].filter((one) => one !== false);

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Prompts in bulk"
      description="Copy the shots as a table, have their prompts written elsewhere, and paste them here."
      isWide
    >
      <DialogBody className="max-h-[72dvh] space-y-4">
        <div className="flex flex-wrap items-center gap-2">
          {canCopy && (
            <Button data-autofocus onClick={() => void copy()}>
              <Copy size={14} aria-hidden /> Copy as table
            </Button>
          )}
          <Button onClick={() => void save()}>
            <Save size={14} aria-hidden /> Save as file
          </Button>
          <span className="text-meta text-muted">
            {chosenIds.size === 0 ? "All shots" : counted(copied.length, "selected shot")}: number, sentence,
            prompt.
          </span>
        </div>
        <TextFileField
          label="Prompts"
          hint="A table with the columns number and prompt, and the sentence if you have it: from a spreadsheet, as CSV, JSON, Markdown, or a numbered list. An empty prompt makes the sentence the prompt."
          placeholder={"Number\tPrompt\n1\tA ferry in the fog, wide shot"}
          endings={["tsv", "csv", "json", "txt", "md"]}
          maxBytes={LIMITS.promptTable}
          rows={8}
          value={source}
          onChange={setSource}
          words={words.join(", ")}
          problem={
            isTooLarge
              ? "A table has at most 16 million characters. Paste it in parts."
              : (table.problems[0] ?? null)
          }
        />
        <PromptChanges
          problems={table.problems.slice(1)}
          changes={changes}
          strange={strange}
          beyond={beyond}
          tooLong={tooLong.map(({ shot }) => shot.number)}
          count={shots.length}
        />
        {(strange.length > 0 || byNumber) && (
          <Toggle
            label="Go by the numbers alone"
            hint="Also where the table has another sentence at that number."
            checked={byNumber}
            onChange={setByNumber}
          />
        )}
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button
          look="primary"
          disabled={changes.length === 0 || tooLong.length > 0}
          isBusy={isStoring}
          onClick={() => void apply()}
        >
          {changes.length === 0 ? "Change the prompts" : `Change ${counted(changes.length, "prompt")}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
