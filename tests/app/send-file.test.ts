import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sendFile } from "@/app/_data/send-file";

/** What a browser sends with, as far as it is used: a body goes out when the test says so. */
class Request extends EventTarget {
  static last: Request | null;
  readonly upload = new EventTarget();
  response: unknown = null;
  status = 201;
  isSent = false;
  constructor() {
    super();
    Request.last = this;
  }
  open() {}
  setRequestHeader() {}
  send() {
    this.isSent = true;
  }
  abort() {
    this.dispatchEvent(new Event("abort"));
  }
  progress(loaded: number, total: number) {
    this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded, total }));
    if (loaded === total) this.upload.dispatchEvent(new Event("load"));
  }
  answer(data: unknown) {
    this.response = { data };
    this.dispatchEvent(new Event("load"));
  }
}

beforeEach(() => {
  Request.last = null;
  vi.stubGlobal("XMLHttpRequest", Request);
});
afterEach(() => void vi.unstubAllGlobals());

/** A file that is on its way. */
async function sending() {
  const stop = new AbortController();
  const shares: number[] = [];
  const file = new File(["picture"], "a.png");
  const options = { limit: 100, onProgress: (share: number) => shares.push(share), signal: stop.signal };
  const answer = sendFile<string>("/somewhere", file, options);
  await vi.waitUntil(() => Request.last?.isSent);
  return { stop, shares, answer, request: Request.last! };
}

test("a file that is stopped on its way is not sent", async () => {
  const { stop, answer, request } = await sending();
  request.progress(3, 7);
  stop.abort();
  await expect(answer).rejects.toThrow("Stopped before it was sent.");
});

test("a file that is sent whole is the server's: a stop then changes nothing of it", async () => {
  const { stop, shares, answer, request } = await sending();
  request.progress(7, 7);
  stop.abort();
  request.answer("taken");
  expect(await answer).toBe("taken");
  expect(shares).toEqual([1]);
});

test("a file that is stopped before it begins is not sent", async () => {
  const stop = new AbortController();
  const answer = sendFile("/somewhere", new File(["picture"], "a.png"), {
    limit: 100,
    onProgress: () => {},
    signal: stop.signal,
  });
  stop.abort();
  await expect(answer).rejects.toThrow("Stopped before it was sent.");
  expect(Request.last).toBeNull();
});
