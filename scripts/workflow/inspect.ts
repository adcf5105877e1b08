import { readFile } from "node:fs/promises";
import { readWorkflowFile } from "@/lib/workflow-file/read-workflow-file";
import { WorkflowFileError } from "@/lib/workflow-file/workflow-file-error";
import { findSlots } from "@/server/workflow/find-slots";
import { listSlots } from "@/server/workflow/list-slots";
import type { NodeInfo } from "@/server/workflow/node-info";
import { readSource, toGraph } from "@/server/workflow/read-source";
import { WorkflowError } from "@/server/workflow/workflow-error";
import { fail, readArguments, readObjectInfo, UsageError } from "./read-arguments";

const USAGE = "npm run --silent workflow:inspect -- <file> --object-info <file>";

try {
  const { path, ...options } = readArguments(USAGE, ["object-info"]);
  const found = await inspect(path, await readObjectInfo(options["object-info"]));
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
} catch (error) {
  const isOfFile = error instanceof WorkflowError || error instanceof WorkflowFileError;
  fail(isOfFile ? new UsageError(error.message) : error);
}

async function inspect(path: string, infos: ReadonlyMap<string, NodeInfo>) {
  const bytes = await readFile(path).catch(() => {
    throw new UsageError(`There is no file ${path} that can be read.\nUsage: ${USAGE}`);
  });
  const source = readSource(await readWorkflowFile(bytes));
  const { graph, warnings } = toGraph(source, infos);
  const slots = findSlots(graph);
  return {
    format: source.format,
    nodes: Object.keys(graph).length,
    slots: listSlots(slots),
    maxReferences: slots.maxReferences,
    warnings: warnings.map(({ message }) => message),
  };
}
