import { z } from "zod";
import { ComfyError } from "./comfy-error";
import type { OutputFile } from "./history";
import { downloadLimitBytes } from "./http";
import type { ComfyHttp } from "./http";
import { notComfyError, statusError } from "./status-error";
import type { Timings } from "./timings";

/** A picture for a LoadImage node. `name` has no path in it; `subfolder` is below ComfyUI's input folder. */
export interface ImageUpload {
  name: string;
  subfolder: string;
  bytes: Uint8Array;
}

/** A link that is slower than this, in bytes a second, is taken for a silent one. */
const SLOWEST_UPLOAD = 50_000;

const uploaded = z.object({ name: z.string().min(1), subfolder: z.string().default("") });
const mimeByEnding = new Map([
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["webp", "image/webp"],
]);

/** Sends a picture, over one of the same name. Returns the value for `LoadImage.inputs.image`. */
export async function sendImage(
  http: ComfyHttp,
  timings: Timings,
  image: ImageUpload,
  signal?: AbortSignal,
): Promise<string> {
  if (/[/\\]/.test(image.name)) {
    throw uploadError("permanent", `expected a file name without a path, got "${image.name}"`);
  }
  const type =
    mimeByEnding.get(image.name.split(".").pop()?.toLowerCase() ?? "") ?? "application/octet-stream";
  const form = new FormData();
  form.set("image", new Blob([new Uint8Array(image.bytes)], { type }), image.name);
  form.set("type", "input");
  form.set("subfolder", image.subfolder);
  form.set("overwrite", "true");
  // Nothing is heard while it goes out, so its size tells how long that may take.
  const sendingMs = (image.bytes.byteLength / SLOWEST_UPLOAD) * 1_000;
  const timeoutMs = Math.min(timings.uploadTimeoutMs, timings.requestTimeoutMs + sendingMs);
  const answer = await http.post("upload/image", form, { signal, timeoutMs });
  const text = (): string => new TextDecoder().decode(answer.bytes.subarray(0, 500));
  if (answer.status === 413) {
    const size = `${Math.ceil(image.bytes.byteLength / 1024 / 1024)} MB`;
    throw uploadError("permanent", `it is larger (${size}) than ComfyUI takes`, text());
  }
  if (answer.status === 400) throw uploadError("permanent", "ComfyUI did not accept its name", text());
  if (answer.status !== 200) {
    const error = statusError(http.address.url, answer.status, text());
    if (error.kind === "lane") throw error;
    throw uploadError("transient", `ComfyUI answered with HTTP ${answer.status}`, {
      status: answer.status,
      text: text(),
    });
  }
  const parsed = uploaded.safeParse(http.json(answer));
  if (!parsed.success) throw notComfyError(http.address.url, "it took an upload without naming it");
  // A server on Windows may answer with backslashes; ComfyUI reads slashes everywhere.
  const subfolder = parsed.data.subfolder.replaceAll("\\", "/").replace(/\/+$/, "");
  return subfolder ? `${subfolder}/${parsed.data.name}` : parsed.data.name;
}

/** Whether ComfyUI itself failed over an upload: it says no more than HTTP 500 then. */
export const isInnerFailure = (error: unknown): error is ComfyError =>
  error instanceof ComfyError &&
  error.code === "upload_failed" &&
  (error.details as { status?: number } | undefined)?.status === 500;

/** What a proxy sends in place of a file, as when a login has ended. */
const isWebPage = (bytes: Uint8Array): boolean =>
  /^\s*<(!doctype|html)/i.test(Buffer.from(bytes.subarray(0, 100)).toString("latin1"));

/** Fetches a file that ComfyUI made, at most 500 MB. `file_gone` if it is no longer there, `not_comfyui` for a web page. */
export async function downloadFile(
  http: ComfyHttp,
  timings: Timings,
  file: OutputFile,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const query = new URLSearchParams({ filename: file.filename, subfolder: file.subfolder, type: file.type });
  const limits = { limitBytes: downloadLimitBytes, totalMs: timings.downloadTotalMs };
  const answer = await http.get(`view?${query}`, { signal, ...limits });
  if (answer.status === 200) {
    if (!isWebPage(answer.bytes)) return answer.bytes;
    throw notComfyError(http.address.url, "it sent a web page instead of a picture");
  }
  if (answer.status === 404) {
    throw new ComfyError("file_gone", "transient", "ComfyUI no longer has the picture that it made.", {
      remedy: "It was removed from ComfyUI's output folder; trying again makes a new one.",
      details: file,
    });
  }
  throw statusError(http.address.url, answer.status, new TextDecoder().decode(answer.bytes.subarray(0, 500)));
}

function uploadError(kind: "transient" | "permanent", why: string, details?: unknown): ComfyError {
  return new ComfyError("upload_failed", kind, `A reference picture could not be sent to ComfyUI: ${why}.`, {
    remedy: kind === "permanent" ? "Choose another reference picture." : null,
    details,
  });
}
