/** Tags of the first EXIF folder whose values are texts: ComfyUI and its nodes use those of camera and maker. */
const ASCII = 2;

/**
 * The texts that ComfyUI wrote into a WebP's EXIF, such as `prompt:{…}`, by their names; null for what is no WebP.
 * One that ends too early has those that are whole.
 * @see https://developers.google.com/speed/webp/docs/riff_container#extended_file_format
 */
export function webpTexts(bytes: Uint8Array): Map<string, string> | null {
  const name = (at: number) => new TextDecoder("latin1").decode(bytes.subarray(at, at + 4));
  if (name(0) !== "RIFF" || name(8) !== "WEBP") return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (name(at) === "EXIF") return exifTexts(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  return new Map();
}

function exifTexts(chunk: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>();
  // Some programs put JPEG's own heading before it.
  const isHeaded = new TextDecoder("latin1").decode(chunk.subarray(0, 6)) === "Exif\0\0";
  const tiff = isHeaded ? chunk.subarray(6) : chunk;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 8) return texts;
  const isLittle = view.getUint16(0) === 0x4949;
  const folder = view.getUint32(4, isLittle);
  const entries = folder + 2 <= tiff.length ? view.getUint16(folder, isLittle) : 0;
  for (let index = 0; index < entries; index++) {
    const at = folder + 2 + index * 12;
    if (at + 12 > tiff.length) break;
    if (view.getUint16(at + 2, isLittle) !== ASCII) continue;
    const length = view.getUint32(at + 4, isLittle);
    const start = length <= 4 ? at + 8 : view.getUint32(at + 8, isLittle);
    const text = new TextDecoder().decode(tiff.subarray(start, start + length)).replace(/\0+$/, "");
    const [, key, value] = /^(prompt|workflow):(.*)$/is.exec(text) ?? [];
    if (key && value) texts.set(key.toLowerCase(), value);
  }
  return texts;
}
