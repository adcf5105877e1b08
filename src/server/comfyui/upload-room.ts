import { diskFullError } from "./comfy-error";
import type { ComfyHttp } from "./http";
import type { Timings } from "./timings";
import { isInnerFailure, sendImage } from "./transfer";
import type { ImageUpload } from "./transfer";

/** As much as a large picture takes, in bytes. */
const ROOM = 4 * 1024 * 1024;
const tried = { name: "room.png", subfolder: "shotboard" };

/**
 * Whether ComfyUI's disk takes a picture's worth of bytes. What was tried is made small again: a full disk keeps as
 * much of it as it had room for.
 */
export async function hasUploadRoom(
  http: ComfyHttp,
  timings: Timings,
  signal?: AbortSignal,
): Promise<boolean> {
  const hasRoom = await isTaken(http, timings, { ...tried, bytes: new Uint8Array(ROOM) }, signal);
  await isTaken(http, timings, { ...tried, bytes: new Uint8Array(1) }, signal);
  return hasRoom;
}

async function isTaken(...upload: Parameters<typeof sendImage>): Promise<boolean> {
  try {
    await sendImage(...upload);
    return true;
  } catch (error) {
    if (isInnerFailure(error)) return false;
    throw error;
  }
}

/**
 * Uploads a picture, over one of the same name. Returns the value for `LoadImage.inputs.image`. ComfyUI answers a
 * full disk with a bare HTTP 500, so after one its room is asked for: `disk_full` where there is none. Then nothing of
 * the picture is left there either.
 */
export async function uploadImage(
  http: ComfyHttp,
  timings: Timings,
  image: ImageUpload,
  signal?: AbortSignal,
): Promise<string> {
  try {
    return await sendImage(http, timings, image, signal);
  } catch (error) {
    if (!isInnerFailure(error) || (await hasUploadRoom(http, timings, signal))) throw error;
    await isTaken(http, timings, { ...image, bytes: new Uint8Array(1) }, signal);
    throw diskFullError(error);
  }
}
