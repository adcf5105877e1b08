import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { attachment } from "@/lib/download/file-names";
import type { Log } from "@/lib/log";
import { pathOf } from "./respond";
import type { Download } from "@/server/services/download/open-download";

/**
 * Sends a ZIP as fast as it is taken. Nothing is read for HEAD, and no further once the client has gone; where a
 * picture cannot be read the answer breaks off, so that nobody takes it for whole.
 */
export async function sendZip(response: ServerResponse, download: Download, log: Log): Promise<void> {
  const { fileName, length, read } = download;
  // Whoever asked may have gone while it was planned.
  if (response.closed) return;
  response.writeHead(200, {
    "content-type": "application/zip",
    "content-disposition": attachment(fileName),
    ...(length !== null && { "content-length": length }),
    "cache-control": "no-store",
  });
  if (response.req.method === "HEAD") {
    response.end();
    return;
  }
  const reading = new AbortController();
  const gone = () => reading.abort();
  response.once("close", gone);
  try {
    await pipeline(read(reading.signal), response);
  } catch (error) {
    // Else whoever asked went away, or the server is closing.
    if (!reading.signal.aborted)
      log.error("A download broke off", { path: pathOf(response), fileName, error });
    response.destroy();
  } finally {
    response.off("close", gone);
    reading.abort();
  }
}
