import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readWorkflowFile } from "@/lib/workflow-file/read-workflow-file";
import { WorkflowFileError } from "@/lib/workflow-file/workflow-file-error";
import type { NodeInfo } from "@/server/workflow/node-info";
import { readSource, toGraph } from "@/server/workflow/read-source";
import { WorkflowError } from "@/server/workflow/workflow-error";
import { fail, readArguments, readObjectInfo, UsageError } from "./read-arguments";

const USAGE = "npm run --silent workflow:convert -- <file or folder> --object-info <file> --out <folder>";

try {
  const { path, out, ...options } = readArguments(USAGE, ["object-info", "out"]);
  const files = await list(path);
  const infos = await readObjectInfo(options["object-info"]);
  await mkdir(out, { recursive: true });
  for (const file of files) await convert(file, out, infos);
} catch (error) {
  fail(error);
}

/** The file itself, or all of a folder: its `NAME.ui.json` where it has such, else each .json, .png and .webp. */
async function list(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageError(`There is no file or folder ${path}.\nUsage: ${USAGE}`);
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.(json|png|webp)$/i.test(name)).toSorted();
  const saved = names.filter((name) => name.endsWith(".ui.json"));
  return (saved.length > 0 ? saved : names).map((name) => join(path, name));
}

/** A file that cannot be converted is told on stderr and holds up no other. */
async function convert(file: string, out: string, infos: ReadonlyMap<string, NodeInfo>): Promise<void> {
  const name = basename(file).replace(/(\.ui)?\.(json|png|webp)$/i, "");
  try {
    const { graph, warnings } = toGraph(readSource(await readWorkflowFile(await readFile(file))), infos);
    for (const { message } of warnings) process.stderr.write(`${name}: ${message}\n`);
    const target = join(out, `${name}.api.json`);
    await writeFile(target, `${JSON.stringify(graph, null, 2)}\n`);
    process.stdout.write(`${target}\n`);
  } catch (error) {
    if (!(error instanceof WorkflowError || error instanceof WorkflowFileError)) throw error;
    process.stderr.write(`${name}: not converted. ${error.message}\n`);
  }
}
