import { LIMITS } from "../limits";
import { WorkflowFileError } from "./workflow-file-error";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The texts of a PNG (tEXt, zTXt, iTXt) by their keywords; null for what is no PNG.
 * @see https://www.w3.org/TR/png-3/#11textinfo
 * @throws WorkflowFileError for one that ends too early
 */
export async function pngTexts(bytes: Uint8Array): Promise<Map<string, string> | null> {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts = new Map<string, string>();
  for (let at = SIGNATURE.length; ;) {
    if (at + 8 > bytes.length) throw torn();
    const length = view.getUint32(at);
    const type = latin1(bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IEND") return texts;
    if (data.length < length) throw torn();
    const read = await readChunk(type, data);
    if (read) texts.set(...read);
    at += length + 12;
  }
}

async function readChunk(type: string, data: Uint8Array): Promise<[keyword: string, text: string] | null> {
  const end = data.indexOf(0);
  if (!["tEXt", "zTXt", "iTXt"].includes(type) || end < 0) return null;
  const keyword = latin1(data.subarray(0, end));
  // Others, of cameras and editors, may be large and are of no use.
  if (keyword !== "prompt" && keyword !== "workflow") return null;
  if (type === "tEXt") return [keyword, fromLatin1(data.subarray(end + 1))];
  if (type === "zTXt") return [keyword, fromLatin1(await inflate(data.subarray(end + 2)))];
  const isPacked = data[end + 1] === 1;
  const language = data.indexOf(0, end + 3);
  const translated = data.indexOf(0, language + 1);
  if (language < 0 || translated < 0) return null;
  const text = data.subarray(translated + 1);
  return [keyword, new TextDecoder().decode(isPacked ? await inflate(text) : text)];
}

/** Latin-1 by the standard; programs that write UTF-8 all the same are understood too. */
function fromLatin1(data: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    return latin1(data);
  }
}

const latin1 = (data: Uint8Array): string => new TextDecoder("latin1").decode(data);

/** No further than a workflow may be long: a few bytes can unpack to gigabytes. */
async function inflate(data: Uint8Array): Promise<Uint8Array> {
  const unpacked = new Blob([data.slice()]).stream().pipeThrough(new DecompressionStream("deflate"));
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of unpacked as unknown as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > LIMITS.workflowBytes) break;
      parts.push(part);
    }
  } catch (cause) {
    throw new WorkflowFileError("The picture is damaged: the workflow in it cannot be unpacked.", { cause });
  }
  if (length > LIMITS.workflowBytes)
    throw new WorkflowFileError("The workflow in the picture has more than 10 MB.");
  const all = new Uint8Array(length);
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

const torn = () => new WorkflowFileError("The picture is damaged: it ends too early.");
