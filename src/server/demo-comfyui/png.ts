import { crc32, deflateSync } from "node:zlib";

const signature = Buffer.from("89504e470d0a1a0a", "hex");

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(typed.length + 8);
  out.writeUInt32BE(data.length, 0);
  typed.copy(out, 4);
  out.writeUInt32BE(crc32(typed), typed.length + 4);
  return out;
}

function png(
  width: number,
  height: number,
  kind: readonly number[],
  parts: readonly [string, Buffer][],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(kind, 8);
  const all: [string, Buffer][] = [["IHDR", header], ...parts, ["IEND", Buffer.alloc(0)]];
  return Buffer.concat([signature, ...all.map(([type, data]) => chunk(type, data))]);
}

/** A PNG of that size in one colour (0xRRGGBB): one bit a pixel, so that it costs next to nothing. */
export function plainPng(width: number, height: number, color: number): Buffer {
  const palette = Buffer.from([color >> 16, color >> 8, color].map((byte) => byte & 255));
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  return png(
    width,
    height,
    [1, 3, 0, 0, 0],
    [
      ["PLTE", palette],
      ["IDAT", deflateSync(rows, { level: 1 })],
    ],
  );
}

/** A PNG of pixels with four bytes each, not compressed: for pictures that are only handed on. */
export function rgbaPng(width: number, height: number, pixels: Buffer): Buffer {
  const stride = width * 4;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y += 1) pixels.copy(rows, y * (stride + 1) + 1, y * stride, (y + 1) * stride);
  return png(width, height, [8, 6, 0, 0, 0], [["IDAT", deflateSync(rows, { level: 0 })]]);
}

/** The same PNG with text chunks before its pixels, as ComfyUI writes `prompt` and `workflow`. */
export function withTextChunks(png: Buffer, texts: Readonly<Record<string, string>>): Buffer {
  // The header chunk is always the first and 25 bytes long.
  const afterHeader = signature.length + 25;
  const chunks = Object.entries(texts).map(([keyword, text]) =>
    chunk("tEXt", Buffer.from(`${keyword}\0${text}`, "latin1")),
  );
  return Buffer.concat([png.subarray(0, afterHeader), ...chunks, png.subarray(afterHeader)]);
}

/** JSON as Python's `json.dumps` writes it: characters beyond ASCII escaped, which text chunks need. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
