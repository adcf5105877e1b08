"use client";
import { useQuery } from "@tanstack/react-query";
import { FileJson2, HardDriveDownload, X } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useTRPC } from "../_data/trpc";
import { Button, IconButton } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { Picker } from "../_ui/picker";
import { bytes } from "../_ui/wording";
import type { ModelValues, UploadedWorkflow } from "./model-values";
import { typeName } from "./model-words";
import { readUpload } from "./read-upload";
import { ServerWorkflows } from "./server-workflows";

interface WorkflowFieldProps {
  type: ModelValues["workflowType"];
  /** null: the default of its type. */
  file: string | null;
  upload: UploadedWorkflow | null;
  /** Connected ComfyUIs that it can be picked from. */
  servers: readonly { url: string; name: string }[];
  onFile: (file: string | null) => void;
  onUpload: (upload: UploadedWorkflow | null) => void;
  /** What the server said about it. */
  problem: string | undefined;
}

/** The workflow of a model: one that is there, or a file that is dropped or chosen. */
export function WorkflowField({
  type,
  file,
  upload,
  servers,
  onFile,
  onUpload,
  problem,
}: WorkflowFieldProps) {
  const trpc = useTRPC();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [isPicking, setIsPicking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const known = useQuery(trpc.model.workflows.queryOptions());
  const options = (known.data?.items ?? []).map((one) => ({ id: one.file, name: one.file, obstacle: null }));

  const take = (next: UploadedWorkflow | null) => {
    setFault(null);
    onUpload(next);
  };
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    const upload = await readUpload(chosen);
    if (typeof upload === "string") return setFault(upload);
    take(upload);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    <section aria-labelledby="workflow" className="space-y-1.5">
      <h3 id="workflow" className="text-meta text-muted">
        Workflow
      </h3>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={(event) => {
          const to = event.relatedTarget;
          // Over what is inside it is still over it.
          if (!(to instanceof Node && event.currentTarget.contains(to))) setIsOver(false);
        }}
        onDrop={drop}
        className={cx(
          "space-y-2 rounded border border-dashed p-3",
          isOver ? "border-accent bg-raised" : problem || fault ? "border-bad" : "border-edge",
        )}
      >
        {upload ? (
          <p className="flex h-8 items-center gap-2">
            <FileJson2 size={16} className="shrink-0 text-accent" aria-hidden />
            <span className="min-w-0 flex-1 truncate">{upload.name}</span>
            <span className="text-meta text-muted">{bytes(upload.size)}, not saved</span>
            <IconButton label={`Without ${upload.name}`} onClick={() => take(null)}>
              <X size={14} />
            </IconButton>
          </p>
        ) : (
          <Picker
            label="Workflow file"
            isLabelHidden
            value={file}
            options={
              file === null || options.some((one) => one.id === file)
                ? options
                : [...options, { id: file, name: file, obstacle: null }]
            }
            none={`The default for ${typeName(type).toLowerCase()}`}
            onPick={(picked) => {
              setFault(null);
              onFile(picked);
            }}
            className="w-full"
          />
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button onClick={() => input.current?.click()}>
            <FileJson2 size={14} aria-hidden /> Choose a workflow file
          </Button>
          {servers.length > 0 && (
            <Button onClick={() => setIsPicking(true)}>
              <HardDriveDownload size={14} aria-hidden /> From ComfyUI
            </Button>
          )}
          <p className="min-w-0 flex-1 basis-48 text-meta text-muted">
            Or drop it here: a workflow’s .json, or a picture (PNG, WebP) that ComfyUI made with it.
          </p>
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept=".json,.png,.webp,application/json,image/png,image/webp"
        hidden
        aria-label="Workflow file to upload"
        onChange={(event) => {
          void read(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {isPicking && <ServerWorkflows servers={servers} onClose={() => setIsPicking(false)} onUpload={take} />}
      <p aria-live="polite" className="text-meta text-bad empty:hidden">
        {fault ?? problem}
      </p>
    </section>
  );
}
