/** What the REST API answers. */
interface RestAnswer<T> {
  data?: T;
  error?: { message: string; remedy: string | null };
}

export interface SendOptions {
  /** Most bytes that the address takes. */
  limit: number;
  /** Called with the share that was sent, 0…1. */
  onProgress: (share: number) => void;
  /** Ends it early, as long as it is not sent whole: from then on it is the server's. */
  signal?: AbortSignal;
}

/**
 * Sends a file to the server, which checks and keeps it.
 * @param path the address that takes it
 * @returns what the server answers
 * @throws Error with a sentence for the user
 */
export async function sendFile<T>(
  path: string,
  file: File,
  { limit, onProgress, signal }: SendOptions,
): Promise<T> {
  const megabytes = (size: number) => `${Math.round(size / 1024 / 1024).toLocaleString("en")} MB`;
  if (file.size > limit)
    throw new Error(`This file has ${megabytes(file.size)}; at most ${megabytes(limit)} are possible.`);
  // A folder, or a file that went meanwhile, would look like a server that does not answer.
  await file
    .slice(0, 1)
    .arrayBuffer()
    .catch(() => {
      throw new Error("This file cannot be read: it was moved or changed, or is a folder. Choose it again.");
    });
  const stopped = () => new Error("Stopped before it was sent.");
  if (signal?.aborted) throw stopped();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  // fetch does not tell how much of a body was sent.
  const request = new XMLHttpRequest();
  request.open("POST", path);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    onProgress(total > 0 ? loaded / total : 0),
  );
  request.addEventListener("load", () => {
    const answer = request.response as RestAnswer<T> | null;
    if (answer?.data !== undefined) resolve(answer.data);
    else reject(new Error(answer?.error?.message ?? `Shotboard answered with ${request.status}.`));
  });
  request.addEventListener("error", () =>
    reject(new Error("Shotboard's server did not answer. Check that it is running, then add it again.")),
  );
  request.addEventListener("abort", () => reject(stopped()));
  // The server takes a body that is complete, whether somebody waits for its answer or not.
  const sent = new AbortController();
  request.upload.addEventListener("load", () => sent.abort());
  signal?.addEventListener("abort", () => request.abort(), { once: true, signal: sent.signal });
  request.send(file);
  return promise;
}
