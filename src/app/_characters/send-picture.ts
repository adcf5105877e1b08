import { LIMITS } from "@/lib/limits";
import type { Character } from "@/lib/schemas/character";

/** What a refusal of the REST API says. */
interface RestAnswer {
  data?: Character;
  error?: { message: string; remedy: string | null };
}

/**
 * Sends a picture to the server, which checks and keeps it.
 * @param onProgress called with the share that was sent, 0…1
 * @returns the character with it
 * @throws Error with a sentence for the user
 */
export function sendPicture(
  characterId: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<Character> {
  if (file.size > LIMITS.referenceBytes)
    return Promise.reject(
      new Error(`This file has ${Math.round(file.size / 1024 / 1024)} MB; at most 200 MB are possible.`),
    );
  const { promise, resolve, reject } = Promise.withResolvers<Character>();
  // fetch does not tell how much of a body was sent.
  const request = new XMLHttpRequest();
  request.open("POST", `/api/v1/characters/${encodeURIComponent(characterId)}/images`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    onProgress(total > 0 ? loaded / total : 0),
  );
  request.addEventListener("load", () => {
    const answer = request.response as RestAnswer | null;
    if (answer?.data) resolve(answer.data);
    else reject(new Error(answer?.error?.message ?? `Shotboard answered with ${request.status}.`));
  });
  request.addEventListener("error", () =>
    reject(new Error("Shotboard's server did not answer. Check that it is running, then add it again.")),
  );
  request.send(file);
  return promise;
}
