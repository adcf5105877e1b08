import type { Graph } from "@/server/workflow/graph";
import { ComfyError } from "./comfy-error";
import { executionError } from "./execution-error";
import type { HistoryEntry, OutputFile } from "./history";

/**
 * How a prompt ended. `lost`: in neither history nor queue, so it may be submitted again; `wasUnreachable` tells
 * that the server did not answer for a while before, as when it died over the prompt. `removed`: somebody took it out
 * of the queue, where it waited behind others.
 */
export type Outcome =
  | { kind: "finished"; files: OutputFile[] }
  | { kind: "failed"; error: ComfyError }
  | { kind: "interrupted" }
  | { kind: "removed" }
  | { kind: "lost"; wasUnreachable: boolean };

const picture = /\.(png|jpe?g|webp|bmp|tiff?|avif|gif)$/i;

/** Reads a prompt's outcome from its history. `outputNodeId` is the node whose pictures are wanted. */
export function outcomeOf(entry: HistoryEntry, graph: Graph, outputNodeId: string): Outcome {
  if (!entry.isSuccess) {
    if (entry.messages.some(([type]) => type === "execution_interrupted")) return { kind: "interrupted" };
    const failure = entry.messages.findLast(([type]) => type === "execution_error");
    return { kind: "failed", error: executionError(failure?.[1], graph) };
  }
  const files = ownFiles(entry, outputNodeId) ?? filesBelow(entry, outputNodeId);
  if (files.length > 0) return { kind: "finished", files };
  return {
    kind: "failed",
    error: new ComfyError("no_output", "transient", "ComfyUI reported success but made no picture.", {
      remedy: "Trying again usually helps.",
      details: entry.outputs,
    }),
  };
}

function ownFiles(entry: HistoryEntry, nodeId: string): OutputFile[] | null {
  const files = entry.outputs.find((output) => output.nodeId === nodeId)?.files.filter(isSavedPicture) ?? [];
  return files.length > 0 ? files : null;
}

/** Pictures of the nodes that the wanted one was expanded into (ids like `9.0.0.2`, or so marked in history). */
function filesBelow(entry: HistoryEntry, nodeId: string): OutputFile[] {
  return entry.outputs
    .filter((output) => output.standsFor.includes(nodeId) || output.nodeId.startsWith(`${nodeId}.`))
    .flatMap((output) => output.files.filter(isSavedPicture));
}

function isSavedPicture(file: OutputFile): boolean {
  return file.type === "output" && picture.test(file.filename);
}
