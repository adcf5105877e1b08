import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unpackBoard } from "@/lib/board/pack-board";
import type { ProjectEvent } from "@/lib/schemas/events";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app?.[Symbol.asyncDispose]());

/** The first event that comes to who follows the project from there. */
const firstEvent = (projectId: string, lastEventId: string) =>
  new Promise<ProjectEvent>((resolve, reject) => {
    const subscription = app.client.events.onProject.subscribe(
      { projectId, lastEventId },
      {
        onData: ({ data }) => {
          subscription.unsubscribe();
          resolve(data);
        },
        onError: reject,
      },
    );
  });

describe("project.board", () => {
  test("is the whole project, packed", async () => {
    const { client } = app;
    const { projectId, sentenceIds } = await app.project(7);
    const [first, second, third] = sentenceIds;
    await client.sentence.update.mutate({ sentenceId: first!, imagePrompt: "A ferry", isLocked: true });
    await client.sentence.update.mutate({ sentenceId: second!, characterIds: [], seed: 42 });
    await client.image.generate.mutate({ projectId, sentenceIds: [second!, third!] });
    await app.settled(projectId);
    const { eventId, ...packed } = await client.project.board.query({ projectId });
    expect(eventId).not.toBe("");
    expect(unpackBoard(packed)).toEqual(await client.project.get.query({ projectId }));
  });

  test("says where its events go on: what happens afterwards comes, and no snapshot before it", async () => {
    const { projectId, sentenceIds } = await app.project(1);
    const { eventId } = await app.client.project.board.query({ projectId });
    await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, text: "Another one." });
    expect((await firstEvent(projectId, eventId)).type).not.toBe("snapshot");
  });
});

test("a shot tells whether its own prompt is in the one that its picture was made from", async () => {
  const { client } = app;
  const { projectId, sentenceIds } = await app.project(1, { styleId: "cinematic" });
  const sentenceId = sentenceIds[0]!;
  await client.sentence.update.mutate({ sentenceId, imagePrompt: " A ferry at dawn\n" });
  await client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const isChanged = async () => (await client.sentence.get.query({ sentenceId })).shownTake?.isPromptChanged;
  expect(await isChanged()).toBe(false);
  await client.project.update.mutate({ projectId, styleId: "noir" });
  expect(await isChanged()).toBe(false);
  await client.sentence.update.mutate({ sentenceId, imagePrompt: "A ferry at night" });
  expect(await isChanged()).toBe(true);
  await client.sentence.update.mutate({ sentenceId, imagePrompt: null });
  expect(await isChanged()).toBe(true);
});
