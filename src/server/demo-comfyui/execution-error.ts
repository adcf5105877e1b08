import type { RunFaults } from "./fault";

/** An exception inside a node, as ComfyUI reports it. */
export class NodeException extends Error {
  constructor(
    readonly exceptionType: string,
    message: string,
  ) {
    super(message);
  }
}

/** The recorded text of a GPU that ran out of memory. */
const outOfMemory =
  "CUDA out of memory. Tried to allocate 2.00 GiB.\nThis error means you ran out of memory on your GPU.\n\n" +
  "TIPS: If the workflow worked before you might have accidentally set the batch_size to a large number.";

const cudaError =
  "CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be asynchronously reported at " +
  "some other API call, so the stacktrace below might be incorrect.\n";

/** The exception that a run's faults throw in its sampler, with the number of steps that come before it. */
export function samplerException(faults: RunFaults): { afterStep: number; exception: NodeException } | null {
  const broken = faults.get("execution_error");
  if (broken) return at(broken.afterStep, "RuntimeError", broken.message ?? "something in the node broke\n");
  const oom = faults.get("oom");
  if (oom) return at(oom.afterStep, "torch.OutOfMemoryError", oom.message ?? outOfMemory);
  const cuda = faults.get("cuda_error");
  if (cuda) return at(cuda.afterStep, "torch.AcceleratorError", cuda.message ?? cudaError);
  return null;
}

function at(afterStep: number | undefined, type: string, message: string) {
  return { afterStep: afterStep ?? 1, exception: new NodeException(type, message) };
}

/** What SaveImage throws when the disk is full. */
export function diskFull(filename: string): NodeException {
  return new NodeException("OSError", `[Errno 28] No space left on device: '${filename}'\n`);
}
