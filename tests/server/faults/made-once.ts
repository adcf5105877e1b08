import { expect } from "vitest";
import type { TestApp } from "../../support/test-app";
import { job } from "../generation/board";
import { promptsOf } from "../generation/received";

/** What a user wants of every request: each picture is there, once, and no failure was counted for it. */
export async function expectMadeOnce(
  app: Pick<TestApp, "client" | "comfy">,
  sentenceIds: readonly string[],
  jobIds: readonly string[],
  { renders = 1, failures = 0 }: { renders?: number; failures?: number } = {},
): Promise<void> {
  for (const id of jobIds) {
    expect(await job(app as TestApp, id)).toMatchObject({ status: "completed", failures, error: null });
    expect(promptsOf(app.comfy, id)).toHaveLength(renders);
  }
  for (const sentenceId of sentenceIds)
    expect((await app.client.take.list.query({ sentenceId })).items).toHaveLength(1);
}
