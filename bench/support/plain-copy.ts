/** Sends all files of a folder, one after another and nothing else: what a ZIP of them is measured beside. */
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { serveParent } from "./start-child";

const folder = process.argv[2]!;

async function* copy(): AsyncGenerator<Uint8Array> {
  for (const name of await readdir(folder)) yield* createReadStream(join(folder, name));
}

const server = createServer((_, response) => void pipeline(copy(), response)).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
serveParent({ url: `http://127.0.0.1:${port}` }, async () => {
  server.close();
  server.closeAllConnections();
});
