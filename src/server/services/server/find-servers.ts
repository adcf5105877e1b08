import { ShotboardError } from "@/lib/errors";
import type { ServerReport } from "@/lib/schemas/server";
import type { ServiceContext } from "../context";
import { checkServer } from "./check-server";

/** Where ComfyUI listens unless told otherwise: the server, and the desktop app. */
const USUAL = ["http://127.0.0.1:8188", "http://127.0.0.1:8000"];
/** ms: what runs on this machine answers at once, or is busy with something else. */
const SILENCE = 2_000;

/** The ComfyUIs on this machine's usual ports that are not connected yet. */
export async function findServers(ctx: ServiceContext): Promise<{ items: ServerReport[] }> {
  const wanted = USUAL.filter((url) => ctx.fleet.find(url) === undefined);
  const found = await Promise.all(
    wanted.map((url) =>
      checkServer(ctx, { url }, SILENCE).catch((error: unknown) => {
        // Nothing listens there, or something else: that is no news.
        if (error instanceof ShotboardError) return null;
        throw error;
      }),
    ),
  );
  return { items: found.filter((one) => one !== null) };
}
