import type { z } from "zod";
import { badRequest } from "@/lib/errors";
import type { serverChoiceInput } from "@/lib/schemas/server";
import { writeFileChoice } from "@/server/generation/file-choices";
import type { ServiceContext } from "../context";
import { asking } from "./ask-server";

/**
 * Remembers what to load on a server instead of a file that it does not have.
 * @throws ShotboardError where the server is not connected, or does not have what was chosen
 */
export async function chooseFile(
  ctx: ServiceContext,
  { url, ...file }: z.infer<typeof serverChoiceInput>,
): Promise<{ url: string }> {
  const { classType, input, choice } = file;
  const names = await asking(ctx, url, async ({ client }, signal) => {
    client.forgetNodeInfo();
    const info = await client.nodeInfo(classType, signal);
    return info && Object.hasOwn(info.inputs, input) ? (info.inputs[input]?.choices ?? null) : null;
  });
  if (choice !== null && names === null)
    throw badRequest(
      "no_such_input",
      `ComfyUI has no node "${classType}" with files to choose at "${input}".`,
      "input",
      "Look into the model again: its node may have been removed.",
    );
  if (choice !== null && !names?.includes(choice))
    throw badRequest(
      "no_such_file",
      `ComfyUI does not have "${choice}" for ${classType}.`,
      "choice",
      "Choose one of the files that are there.",
    );
  await writeFileChoice(ctx.database.db, url, file);
  return { url };
}
