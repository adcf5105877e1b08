/**
 * A text as the editor exports it: comments are left out, of `{a|b}` one choice stays. The editor draws one by
 * chance; here it is the first, so that a workflow is the same each time it is read. After ComfyUI's
 * `processDynamicPrompt` (frontend, src/utils/formatUtil.ts).
 */
export function readDynamicPrompt(text: string): string {
  const source = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  // Where each open brace began in the result, and whether a later choice of it is being left out.
  const open: { isLeftOut: boolean }[] = [];
  let result = "";
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!;
    const isLeftOut = open.some((one) => one.isLeftOut);
    if (char === "\\" && at + 1 < source.length) {
      const next = source[++at]!;
      if (!isLeftOut) result += /[{}|]/.test(next) ? next : `\\${next}`;
    } else if (char === "{") {
      open.push({ isLeftOut: false });
    } else if (char === "}" && open.length > 0) {
      open.pop();
    } else if (char === "|" && open.length > 0) {
      open[open.length - 1]!.isLeftOut = true;
    } else if (!isLeftOut) result += char;
  }
  return result;
}
