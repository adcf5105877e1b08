import { notFound, ShotboardError } from "@/lib/errors";
import { ComfyError } from "@/server/comfyui/comfy-error";
import type { LaneServer } from "@/server/generation/fleet";
import type { ServiceContext } from "../context";

/** ms that a page waits for a connected server. */
const PATIENCE = 8_000;

/**
 * Asks a connected server something.
 * @throws ShotboardError where no such server is connected, or it does not answer, or not as it should
 */
export async function asking<T>(
  { fleet }: ServiceContext,
  url: string,
  ask: (server: LaneServer, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const server = fleet.find(url);
  if (!server) throw notFound("connected ComfyUI", url, "url");
  const unavailable = (message: string, reason: string, remedy: string | null) =>
    new ShotboardError("SERVICE_UNAVAILABLE", message, { reason, field: "url", remedy });
  try {
    return await ask(server, AbortSignal.timeout(PATIENCE));
  } catch (error) {
    if (error instanceof ComfyError && error.code === "file_gone")
      throw new ShotboardError("NOT_FOUND", error.message, { reason: error.code, remedy: error.remedy });
    if (error instanceof ComfyError) throw unavailable(error.message, error.code, error.remedy);
    if (!(error instanceof Error && error.name === "TimeoutError")) throw error;
    throw unavailable(
      `ComfyUI at ${url} did not answer within ${PATIENCE / 1_000} s.`,
      "unreachable",
      "It may be loading a model; look again in a moment.",
    );
  }
}
