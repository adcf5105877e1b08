import { z } from "zod";
import type { Graph } from "@/server/workflow/graph";
import { ComfyError, diskFullError } from "./comfy-error";
import { nodeTitle } from "./node-title";

const errorData = z.object({
  node_id: z.coerce.string().nullish(),
  node_type: z.string().nullish(),
  exception_type: z.string().nullish(),
  exception_message: z.string().nullish(),
});

const outOfMemory =
  /OutOfMemory|out of memory|Allocation on device|CUBLAS_STATUS_ALLOC_FAILED|not enough memory/i;
const gpuFault = /\b(?:CUDA|HIP|XPU) error\b|device-side assert|CUDNN_STATUS|CUBLAS_STATUS|cudaError/i;
const diskFull = /No space left on device|ENOSPC|\[Errno 28\]|not enough space on the disk|WinError 112/i;

/** The data of an `execution_error`, from the socket or from history, as an error with a sentence and a remedy. */
export function executionError(data: unknown, graph: Graph): ComfyError {
  const parsed = errorData.safeParse(data);
  const { node_id, node_type, exception_type, exception_message } = parsed.success ? parsed.data : {};
  const details = { node_id, node_type, exception_type, exception_message };
  const text = `${exception_type ?? ""} ${exception_message ?? ""}`;
  if (diskFull.test(text)) return diskFullError(details);
  if (outOfMemory.test(text) || exception_type === "MemoryError") {
    return new ComfyError(
      "out_of_memory",
      "transient",
      "ComfyUI ran out of memory while making the picture.",
      {
        remedy: "Use a smaller picture or model, or close other programs that use the GPU.",
        details,
      },
    );
  }
  if (gpuFault.test(text)) {
    return new ComfyError(
      "gpu_error",
      "lane",
      `The GPU of the ComfyUI machine failed: ${firstLine(exception_message)}.`,
      {
        remedy: "Restart ComfyUI; if it happens again, check the GPU's driver.",
        details,
      },
    );
  }
  const node = nodeTitle(graph, node_id, node_type);
  const reason = firstLine(exception_message) || exception_type || "it gave no reason";
  return new ComfyError("execution_failed", "transient", `ComfyUI failed in ${node}: ${reason}.`, {
    remedy: "ComfyUI's own console has the details.",
    details,
  });
}

function firstLine(text: string | null | undefined): string {
  const line = (text ?? "").split(/\r?\n/).find((candidate) => candidate.trim() !== "") ?? "";
  return line.trim().replace(/\.+$/, "").slice(0, 300);
}
