"use client";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import { toProblem } from "../../../_data/problem";
import { useTRPC, useTRPCClient } from "../../../_data/trpc";
import { Button } from "../../../_ui/button";
import { ChoiceRow } from "../../../_ui/choice-row";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { Picker } from "../../../_ui/picker";
import { ProblemNote } from "../../../_ui/problem-note";
import { Toggle } from "../../../_ui/toggle";
import { counted } from "../../../_ui/wording";
import { DownloadFacts } from "./download-facts";

interface DownloadDialogProps {
  project: Project;
  /** Ids of the shots that are selected. */
  chosen: ReadonlySet<string>;
  onClose: () => void;
}

type Which = "chosen" | "section" | "all";
type Size = "rendered" | "1920x1080";

const SIZES = [
  { value: "rendered", name: "As rendered" },
  { value: "1920x1080", name: "1920 × 1080" },
] as const;

/** Pictures for the video editor: which, how large, and what is to be known before they are fetched. */
export function DownloadDialog({ project, chosen, onClose }: DownloadDialogProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [which, setWhich] = useState<Which>(chosen.size > 1 ? "chosen" : "all");
  const [sectionId, setSectionId] = useState<string | null>(project.sections[0]?.id ?? null);
  const [size, setSize] = useState<Size>("rendered");
  const [withMetadata, setWithMetadata] = useState(false);
  const input = {
    projectId: project.id,
    ...(which === "chosen" && { sentenceIds: [...chosen] }),
    ...(which === "section" && sectionId !== null && { sectionId }),
    ...(size !== "rendered" && { size }),
    ...(withMetadata && { withMetadata }),
  };
  // What is asked for changes nothing about what is there: size and metadata are not in the key.
  const asked = { which, sectionId: which === "section" ? sectionId : null, chosen: [...chosen].join() };
  const plan = useQuery({
    queryKey: [...trpc.download.plan.pathKey(), project.id, asked],
    // Thousands of ids fit into no address.
    queryFn: () => client.download.prepare.mutate(input),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const fetching = useMutation(
    trpc.download.prepare.mutationOptions({
      onSuccess: ({ url, fileName }) => {
        const link = document.createElement("a");
        link.href = url;
        link.download = fileName;
        link.click();
        onClose();
      },
    }),
  );
  const pictures = plan.data?.pictures ?? 0;
  const error = fetching.error ?? plan.error;
  const choices = [
    ...(chosen.size > 0
      ? [{ value: "chosen" as const, name: `Selected, ${chosen.size.toLocaleString("en")}` }]
      : []),
    { value: "section" as const, name: "A section" },
    { value: "all" as const, name: "All" },
  ];
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pictures > 0 && !fetching.isPending) fetching.mutate(input);
  };
  return (
    <Dialog isOpen onClose={onClose} title="Download pictures">
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <DialogBody className="space-y-4">
          <ChoiceRow label="Which" value={which} choices={choices} onChoose={setWhich} />
          {which === "section" && (
            <Picker
              label="Section"
              value={sectionId}
              options={project.sections.map(({ id, title }) => ({ id, name: title, obstacle: null }))}
              onPick={setSectionId}
              className="w-full"
            />
          )}
          <div className="space-y-1.5">
            <ChoiceRow label="Size" value={size} choices={SIZES} onChoose={setSize} />
            <p className="text-meta text-muted">
              {size === "rendered"
                ? `As they were painted, ${project.width} × ${project.height} in this project.`
                : "Cropped from the middle to exactly full HD; smaller pictures are enlarged."}
            </p>
          </div>
          <Toggle
            label="Keep ComfyUI’s workflow in the PNGs"
            hint="Then a picture can be dropped into ComfyUI to get its workflow. Leave it off for pictures that you give away."
            checked={withMetadata}
            onChange={setWithMetadata}
          />
          <div className="min-h-20 border-t border-line pt-3" aria-live="polite">
            {plan.data ? (
              <div className={plan.isPlaceholderData ? "opacity-60" : undefined}>
                <DownloadFacts plan={plan.data} />
              </div>
            ) : (
              !error && <p className="animate-late text-muted">Looking at the pictures…</p>
            )}
            {error && <ProblemNote problem={toProblem(error)} />}
          </div>
        </DialogBody>
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="primary"
            type="submit"
            data-autofocus
            isBusy={fetching.isPending}
            disabled={pictures === 0}
          >
            <Download size={14} aria-hidden />
            {pictures === 0 ? "Nothing to download" : `Download ${counted(pictures, "picture")}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
