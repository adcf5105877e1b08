import type { ServerResponse } from "node:http";
import type { Download } from "@/server/services/download/open-download";

/** Why a stream is given up; the ZIP's maker passes it back. */
const NOBODY_READS = new Error("Nobody reads this download any more.");

/**
 * Streams a ZIP as fast as the client takes it. Where a picture cannot be read any more, the connection is cut: a
 * download that breaks off is seen, one that lacks a picture is not.
 */
export async function sendDownload(
  response: ServerResponse,
  { fileName, size, stream }: Download,
): Promise<void> {
  response.writeHead(200, {
    "content-type": "application/zip",
    "content-disposition": `attachment; filename="${fileName}"`,
    ...(size !== null && { "content-length": size }),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  const reader = stream.getReader();
  if (response.req.method === "HEAD") response.end();
  else await pump(reader, response);
  await reader.cancel(NOBODY_READS).catch((error: unknown) => {
    if (error !== NOBODY_READS) throw error;
  });
}

/** Writes until the end, or until the client has gone. */
async function pump(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  response: ServerResponse,
): Promise<void> {
  const closed = new Promise<void>((resolve) => response.once("close", resolve));
  while (!response.destroyed) {
    const { done, value } = await reader.read();
    if (done) {
      response.end();
      return;
    }
    if (!response.write(value))
      await Promise.race([closed, new Promise<void>((resolve) => response.once("drain", resolve))]);
  }
}
