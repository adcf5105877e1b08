const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Abbreviations after which a full stop does not end the sentence. */
const ABBREVIATION =
  /(?:^|[\s(“"'])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Capt|Lt|Sgt|Rev|Hon|vs|etc|e\.g|i\.e|cf|ca|approx|No|Nos|Fig|vol|pp?|Inc|Ltd|Co|[A-Z])\.\s*$/;
/** Characters at a piece's end in which an abbreviation is looked for. */
const TAIL = 24;
const STARTS_LOWER = /^[\p{Ll}]/u;

/**
 * The sentences of a running text, trimmed, in order: by the Unicode rules of `Intl.Segmenter`, joined again
 * where the stop belonged to an abbreviation or an initial. Line breaks inside a paragraph are spaces.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const paragraph of text.split(/\n\s*\n/)) {
    let pieces: string[] = [];
    let tail = "";
    for (const { segment } of segmenter.segment(paragraph.replace(/\s+/g, " ").trim())) {
      pieces.push(segment);
      tail = (tail + segment).slice(-TAIL);
      if (ABBREVIATION.test(tail)) continue;
      sentences.push(pieces.join(""));
      pieces = [];
      tail = "";
    }
    if (pieces.length > 0) sentences.push(pieces.join(""));
  }
  return joinFragments(sentences.map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one)));
}

/** A piece that goes on in lower case after an ellipsis belongs to the piece before it. */
function joinFragments(sentences: string[]): string[] {
  const joined: string[] = [];
  for (const sentence of sentences) {
    const last = joined.at(-1);
    if (last !== undefined && /(?:…|\.\.\.)["”’]?$/.test(last) && STARTS_LOWER.test(sentence))
      joined[joined.length - 1] = `${last} ${sentence}`;
    else joined.push(sentence);
  }
  return joined;
}
