"use client";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import type { DownloadInput, DownloadPrepared } from "@/lib/schemas/download";
import type { Project } from "@/lib/schemas/project";
import { toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { Picker } from "../../../_ui/picker";
import { ProblemNote } from "../../../_ui/problem-note";
import { RadioList } from "../../../_ui/radio-list";
import { useToast } from "../../../_ui/toast-store";
import { Toggle } from "../../../_ui/toggle";
import { counted } from "../../../_ui/wording";
import { DownloadFacts } from "./download-facts";
import { useDownloadPlan } from "./use-download-plan";

type Part = "selected" | "section" | "all";
type Size = NonNullable<DownloadInput["size"]>;

interface DownloadDialogProps {
  project: Project;
  chosen: ReadonlySet<string>;
  /** The section in view. */
  active: string | null;
  onClose: () => void;
}

/** Has the browser fetch an address as a file: it shows how far it is, and the page stays. */
function fetchAsFile(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}

/** Why there is nothing to download, and what to do. */
function emptyWords(shots: number): string {
  if (shots === 0) return "This section has no shots.";
  if (shots === 1) return "This shot has none. Generate it first, then download it.";
  return `None of these ${shots.toLocaleString("en")} shots has one. Generate some first, then download them.`;
}

/** Which pictures, in which size; what the ZIP will hold is told before it is fetched. */
export function DownloadDialog({ project, chosen, active, onClose }: DownloadDialogProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const { sections } = project;
  const sentences = sections.flatMap((section) => section.sentences);
  const [part, setPart] = useState<Part>(chosen.size > 0 ? "selected" : "all");
  const [sectionId, setSectionId] = useState(active ?? sections[0]?.id ?? null);
  const [size, setSize] = useState<Size>("rendered");
  const [withMetadata, setWithMetadata] = useState(false);

  const shots: Pick<DownloadInput, "projectId" | "sentenceIds" | "sectionId"> = {
    projectId: project.id,
    ...(part === "selected" && {
      sentenceIds: sentences.flatMap((one) => (chosen.has(one.id) ? one.id : [])),
    }),
    ...(part === "section" && sectionId !== null && { sectionId }),
  };
  const plan = useDownloadPlan(shots, sentences);
  const prepare = useMutation(
    trpc.download.prepare.mutationOptions({
      onSuccess: (prepared: DownloadPrepared) => {
        fetchAsFile(prepared.url);
        toast({
          title: "The download has begun.",
          text: `${counted(prepared.pictures, "picture")}. Your browser shows how far it is.`,
        });
        onClose();
      },
    }),
  );
  const isEmpty = plan.data?.pictures === 0;
  const isReady = plan.data !== undefined && !isEmpty && !plan.isPlaceholderData;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isReady && !prepare.isPending)
      prepare.mutate({ ...shots, size, ...(withMetadata && { withMetadata }) });
  };
  const count = (value: number) => <span className="text-muted">{value.toLocaleString("en")}</span>;
  return (
    <Dialog isOpen onClose={onClose} title="Download pictures">
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <DialogBody className="space-y-4">
          <RadioList
            label="Shots"
            value={part}
            isFirst
            onChoose={setPart}
            options={[
              {
                value: "selected",
                name: "Selected",
                isDisabled: chosen.size === 0,
                aside: chosen.size > 0 ? count(chosen.size) : <span className="text-muted">none</span>,
              },
              {
                value: "section",
                name: "Section",
                aside: (
                  <Picker
                    label="Section"
                    isLabelHidden
                    value={sectionId}
                    options={sections.map(({ id, title }) => ({ id, name: title, obstacle: null }))}
                    onPick={(id) => {
                      setSectionId(id);
                      setPart("section");
                    }}
                    className="w-60 max-w-[60%]"
                  />
                ),
              },
              { value: "all", name: "All", aside: count(sentences.length) },
            ]}
          />
          <RadioList
            label="Size"
            value={size}
            onChoose={setSize}
            options={[
              {
                value: "rendered",
                name: "As rendered",
                hint: `The files as they were painted, usually ${project.width} × ${project.height}`,
              },
              {
                value: "1920x1080",
                name: "1920 × 1080",
                hint: "Cut from the middle to exactly this; other sizes are scaled first",
              },
            ]}
          />
          <Toggle
            label="Keep ComfyUI’s workflow in the PNGs"
            hint="Whoever gets such a file can read its prompt and workflow"
            checked={withMetadata}
            onChange={setWithMetadata}
          />
          <div
            aria-live="polite"
            aria-busy={plan.isFetching}
            className="min-h-[158px] rounded border border-line bg-ground px-3.5 py-2.5 touch:min-h-[226px]"
          >
            {plan.data ? (
              isEmpty ? (
                <div id="download-empty" className="space-y-0.5">
                  <p className="font-medium">No picture yet</p>
                  <p className="text-soft">{emptyWords(plan.data.missing.length)}</p>
                </div>
              ) : (
                <div className={plan.isPlaceholderData ? "opacity-60" : undefined}>
                  <DownloadFacts plan={plan.data} isCut={size !== "rendered"} />
                </div>
              )
            ) : plan.error ? (
              <ProblemNote problem={toProblem(plan.error)}>
                <Button onClick={() => void plan.refetch()} isBusy={plan.isFetching}>
                  Try again
                </Button>
              </ProblemNote>
            ) : (
              <div className="animate-late space-y-2.5 pt-1">
                <span className="sr-only">Looking at the pictures</span>
                <div className="h-3 w-40 animate-breathe rounded bg-lifted" />
                <div className="h-3 w-64 animate-breathe rounded bg-lifted" />
              </div>
            )}
          </div>
          {prepare.error && <ProblemNote problem={toProblem(prepare.error)} />}
        </DialogBody>
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="primary"
            type="submit"
            className="min-w-44"
            disabled={!isReady}
            isBusy={prepare.isPending}
            aria-describedby={isEmpty ? "download-empty" : undefined}
          >
            {plan.data && !isEmpty
              ? `Download ${counted(plan.data.pictures, "picture")}`
              : "Download pictures"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
