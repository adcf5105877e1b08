import { fileURLToPath } from "node:url";

/** The project's folder, absolute. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Tells the person at the terminal something, on stderr: stdout belongs to what was asked for.
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`shotboard: ${sentence}\n`);
}

/** What went wrong, in a sentence for the terminal: no stack is shown. */
export class Problem extends Error {}
