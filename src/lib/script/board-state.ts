import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** A section with what tells whether its sentences were changed, in board order. */
interface StateSection {
  id: string;
  title: string;
  sentences: readonly { id: string; version: number }[];
}

/** Another one after every change of a board's sections, its sentences' texts and their order: 32 characters. */
export function boardState(sections: readonly StateSection[]): string {
  const all = sections.map(({ id, title, sentences }) => [
    id,
    title,
    ...sentences.flatMap((one) => [one.id, one.version]),
  ]);
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(all)))).slice(0, 32);
}
