import type { LoraFiles } from "@/lib/schemas/style";
import { isAway } from "@/server/comfyui/comfy-error";
import type { ServiceContext } from "../context";

/** ms that a form waits for a server's list. */
const PATIENCE = 2_000;

/** The LoRA files of all connected servers that answer in time, sorted, each once. */
export async function listLoraFiles({ fleet, log }: ServiceContext): Promise<LoraFiles> {
  const signal = AbortSignal.timeout(PATIENCE);
  const lists = await Promise.all(
    fleet.servers.map(({ client, url }) =>
      client.models("loras", signal).catch((error: unknown) => {
        if (!isAway(error)) throw error;
        log.debug("A server did not tell its LoRA files", { url });
        return null;
      }),
    ),
  );
  const told = lists.filter((one) => one !== null);
  const files = [...new Set(told.flat())].toSorted((a, b) => a.localeCompare(b, "en"));
  return { files, servers: told.length };
}
