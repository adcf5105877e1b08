import type { DataTag, QueryClient, QueryKey } from "@tanstack/react-query";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { ProofList } from "@/lib/schemas/proof";
import { withProofJob } from "../model/contact-sheet";

/** Carries events into the proofs that an open contact sheet shows. */
export function followProofs(
  client: QueryClient,
  key: DataTag<QueryKey, ProofList, unknown>,
  events: readonly ProjectEvent[],
): void {
  let isOutdated = false;
  for (const event of events) {
    if (event.type === "snapshot" || event.type === "structure") isOutdated = true;
    if (event.type !== "job" || !event.job.isProof) continue;
    client.setQueryData<ProofList>(key, (known) => known && withProofJob(known, event.job));
    if (event.job.endedAt !== null) isOutdated = true;
  }
  if (isOutdated) void client.invalidateQueries({ queryKey: key, exact: true });
}
