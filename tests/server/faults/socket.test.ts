import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { startTestApp, type TestApp } from "../../support/test-app";
import { patience, small } from "../generation/patience";
import { expectMadeOnce } from "./made-once";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.comfy.clearFaults());

const paint = async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  return { sentenceIds, jobIds };
};

test("row 1: a socket that stays open and says nothing costs no picture: history settles it", async () => {
  app.comfy.addFault({ kind: "silent_socket", times: 2 });
  const { sentenceIds, jobIds } = await paint();
  await expectMadeOnce(app, sentenceIds, jobIds);
});

test("row 2: a picture that is over before the answer to its post has come is settled by history, its socket silent", async () => {
  app.comfy.addFault({ kind: "silent_socket" });
  app.comfy.addFault({ kind: "slow_body", path: "POST /prompt", ms: 500 });
  const finished = app.comfy.waitFor("finished", app.comfy.prompts.length + 1);
  const { sentenceIds, jobIds } = await paint();
  await finished;
  await expectMadeOnce(app, sentenceIds, jobIds);
});

test("row 2: the socket is open before the prompt is posted, so that its first and last word are heard", async () => {
  const hour = 3_600_000;
  await using told = await startTestApp({ comfyTimings: { pollLivelyMs: hour, pollSilentMs: hour } });
  const { projectId, sentenceIds } = await told.project(2, small);
  const { jobIds } = await told.client.image.generate.mutate({ projectId });
  // Nobody asks by himself how far they are.
  await told.settled(projectId);
  await expectMadeOnce(told, sentenceIds, jobIds);
});

test("row 3: sockets that are cut in the middle come back under a new client id, and the picture is followed, not posted again", async () => {
  const before = app.comfy.prompts.length;
  app.comfy.addFault({ kind: "cut_sockets", afterStep: 2 });
  const { sentenceIds, jobIds } = await paint();
  await expectMadeOnce(app, sentenceIds, jobIds);
  const [first, second] = app.comfy.prompts.slice(before).map(({ clientId }) => clientId);
  expect(second).not.toBe(first);
});

test("row 3: each lane has a client id of its own", async () => {
  const other = await startDemoComfyUI({ stepMs: 5, paint: false });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => other.close());
  const two = stack.use(await startTestApp({ comfy: { stepMs: 5 }, moreComfy: [other] }));
  const { projectId } = await two.project(6, small);
  await vi.waitUntil(
    async () => (await two.client.queue.status.query()).lanes.every((lane) => lane.state === "ready"),
    patience,
  );
  await two.client.image.generate.mutate({ projectId });
  await two.settled(projectId);
  const idsOf = (comfy: typeof other) => new Set(comfy.prompts.map(({ clientId }) => clientId));
  expect([idsOf(two.comfy).size, idsOf(other).size]).toEqual([1, 1]);
  expect(idsOf(two.comfy)).not.toEqual(idsOf(other));
});

test("row 17: a ComfyUI that refuses every socket is tried again ever more rarely, never all lanes at once, and not given up", async () => {
  const tries: number[] = [];
  const server = createServer((socket) => {
    tries.push(performance.now());
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timings = { reconnectMinMs: 40, reconnectMaxMs: 320 };
  const session = createComfyClient({ url, timings }).openSession();
  await vi.waitUntil(() => tries.length === 7, patience);
  session.close();
  const waits = tries.slice(1).map((at, n) => at - tries[n]!);
  // At least half of 40, 80, 160, 320, 320, 320 ms; what is more is chance, and the machine's.
  for (const [n, least] of [20, 40, 80, 160, 160, 160].entries())
    expect(waits[n]).toBeGreaterThanOrEqual(least - 2);
  server.close();
  await once(server, "close");
  expect(tries).toHaveLength(7);
});
