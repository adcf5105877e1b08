import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { TestApp } from "../../support/test-app";
import type { Wire } from "../../support/wire";
import { addCharacter } from "../generation/add-character";
import { jobBecomes } from "../generation/board";
import { patience, small } from "../generation/patience";
import { running } from "../generation/received";
import { startBehindWire } from "./behind-wire";
import { expectMadeOnce } from "./made-once";

let app: TestApp & { wire: Wire };
beforeAll(async () => {
  app = await startBehindWire();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => {
  app.wire.heal();
  app.comfy.release();
  app.comfy.clearFaults();
});

const lane = async () => (await app.client.queue.status.query()).lanes[0]!;
const laneIs = (state: string) => vi.waitUntil(async () => (await lane()).state === state, patience);
const begin = async () => {
  await laneIs("ready");
  const { projectId, sentenceIds } = await app.project(2, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  return { projectId, sentenceIds, jobIds };
};

describe("a black hole between Shotboard and ComfyUI, connections open and silent, costs no picture and no attempt:", () => {
  test("while nothing is to do: the lane says so once there is, and goes on when it is over", async () => {
    await laneIs("ready");
    app.wire.silence();
    const { projectId, sentenceIds } = await app.project(2, small);
    const { jobIds, problems } = await app.client.image.generate.mutate({ projectId });
    expect(problems).toEqual([]);
    await laneIs("waiting");
    expect((await lane()).reason).toContain("does not answer");
    app.wire.heal();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });

  test("while a reference is uploaded", async () => {
    await laneIs("ready");
    const lou = await addCharacter(app, "Lou", { color: "#445566" });
    const { projectId, sentenceIds } = await app.project(1, small);
    const swallowed = app.wire.silenceAt("POST /upload/image");
    const { jobIds } = await app.client.image.generate.mutate({
      projectId,
      characterRefs: [lou.id],
      steps: 1,
    });
    await swallowed;
    await laneIs("waiting");
    app.wire.heal();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
    expect(app.comfy.uploads.some(({ bytes }) => bytes.equals(lou.bytes))).toBe(true);
  });

  test("as the prompt is posted, so that ComfyUI never gets it", async () => {
    const swallowed = app.wire.silenceAt("POST /prompt");
    const { projectId, sentenceIds, jobIds } = await begin();
    await swallowed;
    await laneIs("waiting");
    app.wire.heal();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });

  test("as the prompt is posted, so that ComfyUI paints and its answer is lost: it is found, not posted again", async () => {
    const swallowed = app.wire.silenceAt("POST /prompt", "answers");
    const { projectId, sentenceIds, jobIds } = await begin();
    await swallowed;
    await laneIs("waiting");
    app.wire.heal();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });

  test("while a picture is painted, for longer than the grace: its lane waits, and it is followed, not posted again", async () => {
    app.comfy.pause(1);
    const { projectId, sentenceIds, jobIds } = await begin();
    await running(app.comfy, jobIds[0]!);
    app.wire.silence();
    await jobBecomes(app, jobIds[0]!, "queued");
    await laneIs("waiting");
    app.comfy.release();
    app.wire.heal();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });

  test("while a finished picture is fetched", async () => {
    const swallowed = app.wire.silenceAt("GET /view");
    const { projectId, sentenceIds, jobIds } = await begin();
    await swallowed;
    await laneIs("waiting");
    app.wire.heal();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });

  test("in the middle of a picture's bytes", async () => {
    app.comfy.addFault({ kind: "half_answer", path: "GET /view" });
    const { projectId, sentenceIds, jobIds } = await begin();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });

  test("in the middle of what history says", async () => {
    app.comfy.addFault({ kind: "half_answer", path: "GET /history", times: 2 });
    const { projectId, sentenceIds, jobIds } = await begin();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });

  test("of the WebSocket's handshake alone: the prompt is posted without it", async () => {
    await laneIs("ready");
    app.comfy.addFault({ kind: "no_answer", path: "GET /ws", times: 3 });
    app.comfy.dropSockets();
    const { projectId, sentenceIds, jobIds } = await begin();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });

  test("while a picture is being cancelled: it is cancelled, and ComfyUI is free of it", async () => {
    app.comfy.pause(1);
    const { projectId, jobIds } = await begin();
    const { promptId } = await running(app.comfy, jobIds[0]!);
    app.wire.silence();
    await app.client.image.cancel.mutate({ jobIds: [jobIds[0]!] });
    await jobBecomes(app, jobIds[0]!, "cancelled");
    app.wire.heal();
    await vi.waitUntil(() => app.comfy.interrupts.includes(promptId), patience);
    app.comfy.release();
    await app.settled(projectId);
  });
});
