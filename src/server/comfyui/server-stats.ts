import { z } from "zod";
import { getJson } from "./fetch-json";
import type { ComfyHttp } from "./http";

/** What a ComfyUI server says about itself. */
export interface ServerStats {
  /** ComfyUI's version, e.g. `0.26.0`; null from a server too old to tell. */
  version: string | null;
  devices: {
    name: string;
    /** Video memory in bytes. */
    vramTotal: number;
    vramFree: number;
  }[];
}

const statsSchema = z.object({
  system: z.object({ comfyui_version: z.string().nullish() }),
  devices: z.array(
    z.object({
      name: z.string().default("?"),
      vram_total: z.number().default(0),
      vram_free: z.number().default(0),
    }),
  ),
});

/** Asks for the server's state; `not_comfyui` if something else answers. */
export async function getServerStats(http: ComfyHttp, signal?: AbortSignal): Promise<ServerStats> {
  const body = await getJson(http, { path: "system_stats", schema: statsSchema, signal });
  return {
    version: body.system.comfyui_version ?? null,
    devices: body.devices.map(({ name, vram_total, vram_free }) => ({
      name,
      vramTotal: vram_total,
      vramFree: vram_free,
    })),
  };
}
