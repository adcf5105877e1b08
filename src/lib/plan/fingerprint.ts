import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Plan } from "./plan";

/**
 * What a picture depends on, as one short hash: two plans with equal fingerprints ask for the same picture up
 * to chance. Seed, steps and cfg are not in it: another roll of the dice is not a changed input.
 */
export function fingerprint(plan: Plan): string {
  const inputs = [
    plan.prompt,
    plan.negativePrompt,
    plan.workflowHash,
    plan.lora && [plan.lora.file, plan.lora.strength],
    plan.references.map((one) => one.imageId),
    plan.width,
    plan.height,
  ];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(inputs)))).slice(0, 32);
}
