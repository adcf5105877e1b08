const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Abbreviations after which a full stop does not end the sentence. */
const ABBREVIATION =
  /(?:^|[\s(“"'])(?:Mr|Mrs|Ms|Messrs|Mx|Dr|Prof|St|Sr|Jr|Gen|Col|Maj|Capt|Cpt|Cmdr|Adm|Lt|Sgt|Rev|Fr|Hon|Gov|Sen|Rep|Pres|Mt|Ft|vs|etc|e\.g|i\.e|viz|cf|ca|c|approx|est|Inc|Ltd|Co|Corp|Ph\.D|[A-Z])\.\s*$/;
/** Abbreviations only before a number: "No. 7", "Jan. 5", "pp. 3–4"; else a short sentence or an end. */
const BEFORE_NUMBER =
  /(?:^|[\s(“"'])(?:Nos?|Figs?|Vol|vol|Ch|ch|Sec|Art|pp?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s*$/;
/** Countries and the like, which may also stand at an end. */
const DOTTED = /(?:^|[\s(“"'])(?:\p{Lu}\.){2,}\s*$/u;
/** Words that hardly stand in a name: behind "U.S." they begin a sentence. */
const STARTER =
  /^(?:The|A|An|He|She|It|They|We|I|You|But|And|So|Yet|In|On|At|By|As|To|For|From|This|That|These|Those|There|Then|When|While|After|Before|If|What|Why|How|Who|His|Her|Their|Its|Our|My|No|Not|Now)\b/;
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
    if (!isLast && goesOn(tail, paragraph.slice(end, end + TAIL))) continue;
    const sentence = paragraph.slice(start, end).trim();
    if (HAS_WORD.test(sentence)) sentences.push(sentence);
    start = end;
  }
  return sentences;
}

/** Whether the stop before `next` belongs to a word of a sentence that goes on. */
const goesOn = (tail: string, next: string): boolean =>
  ABBREVIATION.test(tail) ||
  (BEFORE_NUMBER.test(tail) && /^[\d#]/.test(next)) ||
  (DOTTED.test(tail) && !STARTER.test(next)) ||
  (MAY_GO_ON.test(tail) && STARTS_LOWER.test(next));

/** Where a sentence may end. */
function* breaks(paragraph: string): Generator<number> {
  for (const { segment, index } of segmenter.segment(paragraph)) {
    for (const match of segment.matchAll(ELLIPSIS_END)) yield index + match.index + match[0].length;
    yield index + segment.length;
  }
}
