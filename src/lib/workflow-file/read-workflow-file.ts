import { pngTexts } from "./png-texts";
import { webpTexts } from "./webp-texts";
import { WorkflowFileError } from "./workflow-file-error";

/**
 * The text of the workflow in a file: of the file itself, or of what ComfyUI wrote into a PNG or WebP. Of a picture
 * the `prompt` is preferred, which is the editor's own export of what ran, to the `workflow`, which is the canvas.
 * Told apart by content. Runs in the browser and on the server.
 * @throws WorkflowFileError
 */
export async function readWorkflowFile(bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new WorkflowFileError("The file is empty.");
  const texts = (await pngTexts(bytes)) ?? webpTexts(bytes);
  if (texts === null) return readText(bytes);
  const text = [texts.get("prompt"), texts.get("workflow")].find((one) => one !== undefined && isObject(one));
  if (text !== undefined) return withoutNaN(text);
  throw new WorkflowFileError(
    "This picture holds no workflow: ComfyUI did not make it, or a program that saved it again left it out.",
  );
}

function readText(bytes: Uint8Array): string {
  const kind = kindOf(bytes);
  if (kind) throw new WorkflowFileError(`A ${kind} holds no workflow. Expected a .json, .png or .webp file.`);
  try {
    return withoutNaN(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new WorkflowFileError("The file is neither text nor a picture that ComfyUI made.", { cause });
  }
}

/** Pictures that are known and read no workflow out of. */
function kindOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\u00ff\u00d8\u00ff")) return "JPEG";
  if (head.startsWith("GIF8")) return "GIF";
  return /^....ftyp/s.test(head) ? "video or HEIC" : null;
}

const isObject = (text: string): boolean => /^\s*\{/.test(text);

/** Python writes NaN where a number is missing, which JSON has no word for. Words inside of texts stay. */
function withoutNaN(text: string): string {
  if (!/\b(NaN|Infinity)\b/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gs, (match) =>
    match.startsWith('"') ? match : "null",
  );
}
