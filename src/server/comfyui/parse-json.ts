// Python's json writes NaN and Infinity, which JSON does not know; strings are matched first, so that they stay.
const stringOrNotANumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/gs;

/** JSON as Python writes it: NaN and ±Infinity become null. Throws SyntaxError when it is not JSON. */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(text.replace(stringOrNotANumber, (match) => (match.startsWith('"') ? match : "null")));
  }
}
