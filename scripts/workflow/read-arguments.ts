import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { nodeInfoSchema, readNodeInfo, type NodeInfo } from "@/server/workflow/node-info";

/** What is wrong with how a command was called, as a sentence. */
export class UsageError extends Error {}

/** Paths are meant from the folder where npm was called. */
const fromHere = (path: string): string => resolve(process.env["INIT_CWD"] ?? process.cwd(), path);

/** The path that a command works on, and its options; all are paths. Throws `UsageError`. */
export function readArguments<Name extends string>(
  usage: string,
  names: readonly Name[],
): { path: string } & Record<Name, string> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
    });
    const [path, ...more] = positionals;
    const missing = names.find((name) => typeof values[name] !== "string");
    if (path === undefined || more.length > 0) throw new UsageError("Expected exactly one path.");
    if (missing) throw new UsageError(`--${missing} is missing.`);
    const options = names.map((name) => [name, fromHere(String(values[name]))]);
    return { path: fromHere(path), ...(Object.fromEntries(options) as Record<Name, string>) };
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message}\nUsage: ${usage}`, { cause });
  }
}

/** The definitions in a file with ComfyUI's answer to `GET /object_info`. Throws `UsageError`. */
export async function readObjectInfo(path: string): Promise<Map<string, NodeInfo>> {
  try {
    const all = z.record(z.string(), nodeInfoSchema).parse(JSON.parse(await readFile(path, "utf8")));
    return new Map(Object.entries(all).map(([name, info]) => [name, readNodeInfo(name, info)]));
  } catch (cause) {
    throw new UsageError(
      `${path} cannot be read as object_info: expected ComfyUI's answer to GET /object_info, saved as a file.`,
      { cause },
    );
  }
}

/** Ends the command with 1 and what was wrong on stderr. */
export function fail(error: unknown): void {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
