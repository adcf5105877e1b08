import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";

import { findSlots } from "./find-slots";
import type { Graph } from "./graph";
import { hashWorkflow } from "./hash-workflow";
import { MAX_WORKFLOW_BYTES, parseWorkflow } from "./parse-workflow";
import type { Slots } from "./slots";
import { WorkflowError } from "./workflow-error";
import { workflowPathError, workflowPathParts } from "./workflow-path";

export interface LoadedWorkflow {
  /** Frozen, like `slots`: it is shared by all that load the file. */
  graph: Graph;
  slots: Slots;
  /** SHA-256 of the graph: see `hashWorkflow`. */
  hash: string;
}

interface CacheEntry {
  stamp: string;
  workflow: LoadedWorkflow;
}

const MAX_CACHED = 100;
/** By real path; an entry holds as long as the file's time and size do. */
const cache = new Map<string, CacheEntry>();

/**
 * Loads a workflow by its path below one of `roots` (folders; the first that has the file wins), such as
 * `workflows/image/x.json` or `image/x.json`. Throws `WorkflowError`: `workflow_path` for a path that leads
 * outside, also through a symbolic link; `workflow_not_found`; `workflow_unreadable`; and all that `parseWorkflow`
 * and `findSlots` throw.
 */
export async function loadWorkflow({
  file,
  roots,
}: {
  file: string;
  roots: readonly string[];
}): Promise<LoadedWorkflow> {
  const parts = workflowPathParts(file);
  for (const root of roots) {
    const found = await locate(root, parts, file);
    if (found !== null) return await readCached(found, file);
  }
  throw new WorkflowError("workflow_not_found", `There is no workflow file "${file}".`, {
    field: "workflowFile",
    remedy: "Put the file into the workflows folder of the data folder, or choose another workflow.",
  });
}

/** The real path of the file below that root, or null if it is not there. */
async function locate(root: string, parts: readonly string[], file: string): Promise<string | null> {
  try {
    const realRoot = await realpath(root);
    const real = await realpath(path.join(realRoot, ...parts));
    const inside = path.relative(realRoot, real);
    if (inside !== ".." && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside)) return real;
  } catch (error) {
    if (isMissing(error)) return null;
    throw unreadable(file, error);
  }
  throw workflowPathError(`The workflow file "${file}" leads out of its workflows folder.`);
}

async function readCached(realPath: string, file: string): Promise<LoadedWorkflow> {
  try {
    // Looked at before it is opened: opening a pipe would wait for ever.
    const stats = await stat(realPath, { bigint: true });
    if (!stats.isFile()) throw workflowPathError(`"${file}" is not a file.`);
    const stamp = `${stats.mtimeNs} ${stats.size}`;
    const cached = cache.get(realPath);
    if (cached?.stamp === stamp) return cached.workflow;
    if (stats.size > BigInt(MAX_WORKFLOW_BYTES)) {
      throw new WorkflowError(
        "workflow_too_large",
        `A workflow may have up to ${MAX_WORKFLOW_BYTES / 1024 / 1024} MB; "${file}" has more.`,
        { field: "workflowFile" },
      );
    }
    const workflow = readWorkflow(await readFile(realPath, "utf8"));
    remember(realPath, { stamp, workflow });
    return workflow;
  } catch (error) {
    if (error instanceof WorkflowError) throw error;
    throw unreadable(file, error);
  }
}

/** A workflow from its text. Throws what `parseWorkflow` and `findSlots` throw. */
export function readWorkflow(text: string): LoadedWorkflow {
  const graph = parseWorkflow(text);
  return deepFreeze({ graph, slots: findSlots(graph), hash: hashWorkflow(graph) });
}

function remember(realPath: string, entry: CacheEntry): void {
  cache.delete(realPath);
  cache.set(realPath, entry);
  const oldest = cache.keys().next();
  if (cache.size > MAX_CACHED && !oldest.done) cache.delete(oldest.value);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG";
}

function unreadable(file: string, cause: unknown): WorkflowError {
  return new WorkflowError("workflow_unreadable", `The workflow file "${file}" cannot be read.`, {
    field: "workflowFile",
    remedy: "Check that the file is whole and that Shotboard may read it.",
    cause,
  });
}
