import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitSentences } from "@/lib/script/split-sentences";

describe("a running text", () => {
  test.each<[string, string, string[]]>([
    ["sentences", "The ferry left. Nobody waved! Why?", ["The ferry left.", "Nobody waved!", "Why?"]],
    [
      "titles",
      "Dr. Solberg met Mrs. Lind at St. Olav. They left.",
      ["Dr. Solberg met Mrs. Lind at St. Olav.", "They left."],
    ],
    ["initials", "J. R. R. Tolkien wrote it. It sold.", ["J. R. R. Tolkien wrote it.", "It sold."]],
    ["abbreviations", "Bring rope, e.g. Hemp rope. Then go.", ["Bring rope, e.g. Hemp rope.", "Then go."]],
    [
      "a number behind an abbreviation",
      "It was No. 7 of the fleet. It sank.",
      ["It was No. 7 of the fleet.", "It sank."],
    ],
    ["decimals", "It weighs 3.5 tons. It floats.", ["It weighs 3.5 tons.", "It floats."]],
    [
      "an ellipsis in a sentence",
      "He waited… and waited. Then he left.",
      ["He waited… and waited.", "Then he left."],
    ],
    [
      "an ellipsis of three dots",
      "He waited... and waited. Then he left.",
      ["He waited... and waited.", "Then he left."],
    ],
    ["an ellipsis at an end", "He waited… Then he left.", ["He waited…", "Then he left."]],
    [
      "quotation",
      "“It is late.” She left. 'Why?' he asked.",
      ["“It is late.”", "She left.", "'Why?' he asked."],
    ],
    [
      "what goes on after a question or an exclamation",
      '"Where are you?" she asked. “Stop!” cried the pilot. Yahoo! was founded in 1994. He asked (why?) and left.',
      [
        '"Where are you?" she asked.',
        "“Stop!” cried the pilot.",
        "Yahoo! was founded in 1994.",
        "He asked (why?) and left.",
      ],
    ],
    [
      "a quotation that goes on after its full stop",
      "He read “It is over.” and wept. “Go.” They went.",
      ["He read “It is over.” and wept.", "“Go.”", "They went."],
    ],
    ["Chinese", "渡轮离开了。没有人挥手！为什么？", ["渡轮离开了。", "没有人挥手！", "为什么？"]],
    ["Japanese", "船が出た。誰も手を振らなかった。", ["船が出た。", "誰も手を振らなかった。"]],
    ["Arabic", "غادرت العبارة. هل لوّح أحد؟ لا.", ["غادرت العبارة.", "هل لوّح أحد؟", "لا."]],
    ["Hindi", "नाव चली गई। किसी ने हाथ नहीं हिलाया।", ["नाव चली गई।", "किसी ने हाथ नहीं हिलाया।"]],
    [
      "one line break",
      "The ferry\nleft at dawn. Nobody\n  waved.",
      ["The ferry left at dawn.", "Nobody waved."],
    ],
    ["a paragraph without a full stop", "The end\n\nOf it all", ["The end", "Of it all"]],
    ["signs without a word", "The ferry left. *** — ... Nobody waved.", ["The ferry left.", "Nobody waved."]],
    ["nothing", " \n\n\t ", []],
  ])("with %s", (_, text, expected) => {
    expect(splitSentences(text)).toEqual(expected);
  });

  test("loses nothing but blanks and signs, and no sentence is empty or has blanks around it", () => {
    const word = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
      fc.constantFrom(
        "Dr.",
        "e.g.",
        "A.",
        "…",
        "...",
        "“Yes.”",
        "3.5",
        "No.",
        "渡轮。",
        "سالم؟",
        "\n\n",
        "\r\n",
      ),
    );
    const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join(" ");
        const sentences = splitSentences(text);
        expect(letters(sentences.join(""))).toBe(letters(text));
        for (const sentence of sentences) expect(sentence).toBe(sentence.trim());
        for (const sentence of sentences) expect(letters(sentence)).not.toBe("");
      }),
      { numRuns: 300 },
    );
  });
});
