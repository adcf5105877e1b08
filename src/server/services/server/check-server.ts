import { badRequest } from "@/lib/errors";
import type { ServerAddressInput, ServerReport } from "@/lib/schemas/server";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { ComfyError } from "@/server/comfyui/comfy-error";
import type { ServiceContext, ServerSetting } from "../context";
import { readAddress } from "./read-address";
import { reportServer } from "./server-report";

/** How long somebody who typed an address waits for its answer, in ms: for the first byte, and for all. */
const SILENCE = 5_000;
const PATIENCE = 10_000;

/**
 * Asks a server that is not connected yet; nothing is stored.
 * @throws ShotboardError at `url` where no ComfyUI answers there, or not in time
 */
export async function checkServer(
  ctx: ServiceContext,
  input: ServerAddressInput,
  silence = SILENCE,
): Promise<ServerReport> {
  const setting = readAddress(input);
  const client = createComfyClient({ ...setting, log: ctx.log, timings: { requestTimeoutMs: silence } });
  try {
    return await reportServer(ctx, client, AbortSignal.timeout(PATIENCE));
  } catch (error) {
    if (error instanceof ComfyError) {
      if (await isShotboard(setting))
        throw badRequest(
          "address_is_shotboard",
          `At ${setting.url} is a Shotboard, not a ComfyUI.`,
          "url",
          "Give the address of ComfyUI; its port is 8188 unless you changed it, 8000 for the desktop app.",
        );
      throw badRequest(error.code, error.message, "url", error.remedy);
    }
    if (!(error instanceof Error && error.name === "TimeoutError")) throw error;
    throw badRequest(
      "unreachable",
      `What answers at ${setting.url} did not come to an end within ${PATIENCE / 1_000} s.`,
      "url",
      "If ComfyUI is starting or loading a model there, look again in a moment.",
    );
  }
}

/** Our own header tells; whatever goes wrong here, the first error is the one to tell. */
async function isShotboard({ url, headers }: ServerSetting): Promise<boolean> {
  const answer = await fetch(`${url}/healthz`, {
    headers,
    redirect: "manual",
    signal: AbortSignal.timeout(2_000),
  }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.headers.has("x-shotboard") ?? false;
}
