import sharp from "sharp";
import type { OwnPictureOutput } from "@/lib/schemas/own-picture";

/** A picture of one colour. */
export const plain = (color: string, width = 90, height = 60) =>
  sharp({ create: { width, height, channels: 3, background: color } });
/** Left half red, right half blue. */
export const halves = () =>
  plain("#ff0000", 800, 100)
    .composite([
      {
        input: { create: { width: 400, height: 100, channels: 3, background: "#0000ff" } },
        left: 400,
        top: 0,
      },
    ])
    .png()
    .toBuffer();
/** Sends an own picture of a shot. */
export const upload = async (app: { url: string }, sentenceId: string, bytes: Uint8Array, query = "") => {
  const answer = await fetch(`${app.url}/api/v1/sentences/${sentenceId}/picture${query}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
  });
  const body = (await answer.json()) as { data?: OwnPictureOutput; error?: Record<string, unknown> };
  return { status: answer.status, ...body };
};
