import { z } from "zod";
import { nodeInfoSchema, readNodeInfo } from "@/server/workflow/node-info";
import type { NodeInfo } from "@/server/workflow/node-info";
import { JsonMember } from "./body-collector";
import { getJson } from "./fetch-json";
import type { ComfyHttp } from "./http";

const infoSchema = z.record(z.string(), nodeInfoSchema);

/** Asks for one class; null if it is not installed. */
export async function getNodeInfo(
  http: ComfyHttp,
  classType: string,
  options: { signal?: AbortSignal } = {},
): Promise<NodeInfo | null> {
  const path = `object_info/${encodeURIComponent(classType)}`;
  const body = await getJson(http, {
    path,
    schema: infoSchema,
    collect: () => new JsonMember(classType),
    ...options,
  });
  const info = Object.hasOwn(body, classType) ? body[classType] : undefined;
  return info ? readNodeInfo(classType, info) : null;
}
