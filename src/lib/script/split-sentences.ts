const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Abbreviations after which a full stop does not end the sentence. */
const ABBREVIATION =
  /(?:^|[\s(“"'])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Capt|Lt|Sgt|Rev|Hon|vs|etc|e\.g|i\.e|cf|ca|approx|No|Nos|Fig|vol|pp?|Inc|Ltd|Co|[A-Z])\.\s*$/;
/** Characters before a break that are looked at: more than the longest abbreviation has. */
const TAIL = 20;
/** An ellipsis is no end by the Unicode rules; before a capital letter it is one. */
const ELLIPSIS_END = /…["”’)]?\s+(?=["“‘(]?\p{Lu})/gu;
/** Ends after which a sentence may go on: an ellipsis, what was exclaimed or asked, what was quoted or in brackets. */
const MAY_GO_ON = /(?:(?:…|\.\.\.|[!?])["”’')\]]*|\.["”’')\]]+)\s*$/;
const STARTS_LOWER = /^\p{Ll}/u;
const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * The sentences of a running text, trimmed, in order: by the Unicode rules of `Intl.Segmenter`, but not broken
 * where the stop belongs to an abbreviation or an initial, or where it goes on in lower case after an ellipsis, an
 * exclamation, a question or a quotation ("Stop!" she said).
 * Line breaks inside a paragraph are spaces.
 */
export function splitSentences(text: string): string[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => splitParagraph(paragraph.replace(/\s+/g, " ").trim()));
}

function splitParagraph(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const end of breaks(paragraph)) {
    const tail = paragraph.slice(Math.max(start, end - TAIL), end);
    const isLast = end === paragraph.length;
    if (!isLast && ABBREVIATION.test(tail)) continue;
    if (!isLast && MAY_GO_ON.test(tail) && STARTS_LOWER.test(paragraph.slice(end, end + 2))) continue;
    const sentence = paragraph.slice(start, end).trim();
    if (HAS_WORD.test(sentence)) sentences.push(sentence);
    start = end;
  }
  return sentences;
}

/** Where a sentence may end. */
function* breaks(paragraph: string): Generator<number> {
  for (const { segment, index } of segmenter.segment(paragraph)) {
    for (const match of segment.matchAll(ELLIPSIS_END)) yield index + match.index + match[0].length;
    yield index + segment.length;
  }
}
