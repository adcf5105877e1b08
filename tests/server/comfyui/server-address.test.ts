import dns, { type LookupAddress } from "node:dns";
import { once } from "node:events";
import { createServer } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { AddressError, parseServerAddress } from "@/server/comfyui/server-address";
import { freePort } from "../../support/raw-http";
import { connect, promptId } from "./quick";

describe("a server's address", () => {
  test.each([
    ["http://127.0.0.1:8188", "http://127.0.0.1:8188", "ws://127.0.0.1:8188/ws?clientId=a%20b"],
    [
      "https://GPU.example.com/comfy//",
      "https://gpu.example.com/comfy",
      "wss://gpu.example.com/comfy/ws?clientId=a%20b",
    ],
    ["http://[::1]:8188/?x=1#y", "http://[::1]:8188", "ws://[::1]:8188/ws?clientId=a%20b"],
    ["http://192.168.1.20:8000", "http://192.168.1.20:8000", "ws://192.168.1.20:8000/ws?clientId=a%20b"],
  ])("is read and written in one way: %s", (text, url, socket) => {
    const address = parseServerAddress(text, { "X-Key": "a" });
    expect([address.url, address.socket("a b"), address.http("queue")]).toEqual([
      url,
      socket,
      `${url}/queue`,
    ]);
    expect(address.headers).toEqual({ "x-key": "a" });
  });

  test.each([
    ["", "bad_address"],
    ["127.0.0.1:8188", "bad_address"],
    ["ftp://127.0.0.1", "bad_address"],
    ["file:///etc/passwd", "bad_address"],
    ["javascript:alert(1)", "bad_address"],
    ["ws://127.0.0.1:8188", "bad_address"],
    ["ftp://me:secret7@127.0.0.1", "bad_address"],
    ["http://me:secret7@127.0.0.1:8188", "credentials_in_address"],
    ["http://secret7@127.0.0.1:8188", "credentials_in_address"],
    ["http://169.254.169.254/latest/meta-data", "address_refused"],
    ["http://169.254.0.1", "address_refused"],
    ["http://0xa9fea9fe/", "address_refused"],
    ["http://2852039166/", "address_refused"],
    ["http://0251.0376.0251.0376/", "address_refused"],
    ["http://169.254.43518/", "address_refused"],
    ["http://[::ffff:169.254.169.254]/", "address_refused"],
    ["http://[::ffff:a9fe:a9fe]/", "address_refused"],
    ["http://[::169.254.169.254]/", "address_refused"],
    ["http://[64:ff9b::169.254.169.254]/", "address_refused"],
    ["http://[2002:a9fe:a9fe::1]/", "address_refused"],
    ["http://[fe80::1]:8188", "address_refused"],
    ["http://[febf::1]:8188", "address_refused"],
    ["http://[fd00:ec2::254]/", "address_refused"],
    ["http://100.100.100.200/", "address_refused"],
    ["http://192.0.0.192/", "address_refused"],
    ["http://168.63.129.16/", "address_refused"],
    ["http://METADATA.google.internal./", "address_refused"],
    ["http://metadata/", "address_refused"],
  ])("is refused: %s as %s", (url, reason) => {
    const attempt = () => parseServerAddress(url);
    expect(attempt).toThrow(AddressError);
    expect(attempt).toThrow(expect.objectContaining({ reason }));
    expect(attempt).not.toThrow("secret7");
  });
});

/** Answers for the system's resolver as long as `work` runs: names have no other place to lead to here. */
async function withNames(
  names: Record<string, string[]>,
  work: (asked: readonly string[]) => Promise<void>,
): Promise<void> {
  const original = dns.lookup;
  const asked: string[] = [];
  const answer = (
    host: string,
    _options: unknown,
    done: (error: Error | null, all: LookupAddress[]) => void,
  ) => {
    asked.push(host);
    const found = names[host];
    if (!found) return void done(Object.assign(new Error("not known"), { code: "ENOTFOUND" }), []);
    done(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  dns.lookup = answer as unknown as typeof dns.lookup;
  syncBuiltinESMExports();
  try {
    await work(asked);
  } finally {
    dns.lookup = original;
    syncBuiltinESMExports();
  }
}

describe("a server's name", () => {
  test.each([
    ["169.254.169.254"],
    ["192.168.1.20", "169.254.169.254"],
    ["::ffff:169.254.169.254"],
    ["fe80::1%eth0"],
  ])("that leads to a metadata service is not asked: %s", async (...addresses) => {
    await withNames({ "gpu.example.com": addresses }, async () => {
      const client = connect({ url: "http://gpu.example.com:8188" });
      const refused = {
        code: "refused",
        kind: "lane",
        message: expect.stringMatching(
          /^The name in http:\/\/gpu\.example\.com:8188 leads to .*network service/,
        ),
      };
      await expect(client.stats()).rejects.toMatchObject(refused);
      await expect(
        client.upload({ name: "a.png", subfolder: "", bytes: new Uint8Array(3) }),
      ).rejects.toMatchObject(refused);
      const session = client.openSession();
      await expect(session.submit({ graph: {}, promptId })).rejects.toMatchObject(refused);
      session.close();
    });
  });

  test("is looked at again after a while: it may lead elsewhere by then", async () => {
    const names = { "gpu.example.com": ["127.0.0.1"] };
    const port = await freePort();
    await withNames(names, async () => {
      const client = connect({ url: `http://gpu.example.com:${port}` }, { timings: { nameTtlMs: 50 } });
      await expect(client.stats()).rejects.toMatchObject({ code: "unreachable" });
      names["gpu.example.com"] = ["169.254.169.254"];
      await vi.waitUntil(
        () =>
          client.stats().then(
            () => false,
            (error: { code: string }) => error.code === "refused",
          ),
        { timeout: 10_000 },
      );
    });
  });

  test("that nobody knows is the connection's to tell, and a number is not looked up", async () => {
    const port = await freePort();
    await withNames({}, async (asked) => {
      await expect(connect({ url: "http://nobody.example:8188" }).stats()).rejects.toMatchObject({
        code: "unreachable",
        message: expect.stringContaining("the name of the server is not known"),
      });
      await expect(connect({ url: `http://127.0.0.1:${port}` }).stats()).rejects.toMatchObject({
        code: "unreachable",
        message: expect.stringContaining("nothing listens there"),
      });
      expect(new Set(asked)).toEqual(new Set(["nobody.example"]));
    });
  });
});

/** A server that begins an answer and never comes to its end: a byte, and another. */
async function startDripping() {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const drip = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(drip));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

describe("an answer that drips for ever", () => {
  const timings = {
    // As long as the whole may take: a machine that pauses the drip is not silence.
    requestTimeoutMs: 600,
    pollTimeoutMs: 600,
    submitTimeoutMs: 600,
    requestTotalMs: 600,
    downloadTotalMs: 1_200,
  };

  test("ends with a sentence, although it is never silent; a download may take longer", async () => {
    await using server = await startDripping();
    const client = connect(server, { timings });
    const slow = (ms: string) => ({
      code: "unreachable",
      kind: "lane",
      message: `ComfyUI at ${server.url} answers too slowly: its answer was not whole after ${ms}.`,
      remedy: expect.any(String) as string,
    });
    await expect(client.stats()).rejects.toMatchObject(slow("600 ms"));
    await expect(client.queue()).rejects.toMatchObject(slow("600 ms"));
    const session = client.openSession();
    await expect(session.submit({ graph: {}, promptId })).rejects.toMatchObject(slow("600 ms"));
    session.close();
    await expect(client.download({ filename: "a.png", subfolder: "", type: "output" })).rejects.toMatchObject(
      slow("1 s"),
    );
  });

  test("can be given up before", async () => {
    await using server = await startDripping();
    const given = new AbortController();
    const asked = connect(server, { timings }).stats(given.signal);
    given.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
  });
});
