import { describe, expect, test } from "vitest";
import { looksLikeSubtitles, parseSubtitles } from "@/lib/script/parse-subtitles";

const read = (text: string) => {
  const { sections, problems } = parseSubtitles(text);
  return {
    cues: sections.flatMap((one) => one.sentences.map((cue) => [cue.text, cue.startMs, cue.endMs])),
    problems,
  };
};

describe("subtitles", () => {
  test("of WebVTT are read: a header, notes, short times and settings", () => {
    const text =
      "WEBVTT - The ferry\n\nNOTE\nNot spoken.\n\nintro\n00:01.000 --> 00:02.500 align:start\n<v Ann>The ferry left.\n\n01:00:00.000 --> 01:00:01.000\nGone.";
    expect(read(text)).toEqual({
      cues: [
        ["The ferry left.", 1_000, 2_500],
        ["Gone.", 3_600_000, 3_601_000],
      ],
      problems: [],
    });
  });

  test("without numbers and blank lines between cues are read", () => {
    const text = "00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:03,000 --> 00:00:04,000\nTwo\nlines.";
    expect(read(text).cues).toEqual([
      ["One.", 1_000, 2_000],
      ["Two lines.", 3_000, 4_000],
    ]);
  });

  test.each([
    ["letters in it", "00:00:0x,000 --> 00:00:02,000"],
    ["an end before its start", "00:00:05,000 --> 00:00:02,000"],
    ["61 minutes", "00:61:00,000 --> 00:62:00,000"],
    ["no end", "00:00:01,000 -->"],
  ])("keep the words of a cue whose time has %s, and say which it is", (_, times) => {
    const { cues, problems } = read(`1\n00:00:00,000 --> 00:00:01,000\nOne.\n\n2\n${times}\nTwo.`);
    expect(cues).toEqual([
      ["One.", 0, 1_000],
      ["Two.", null, null],
    ]);
    expect(problems).toEqual([expect.stringMatching(/cue 2 .*Expected is “00:00:01,000 --> 00:00:03,500”/)]);
  });

  test("with hundreds of broken times tell of five", () => {
    const { cues, problems } = read("x:1 --> y\nWords.\n\n".repeat(300));
    expect(cues).toHaveLength(300);
    expect(problems).toHaveLength(6);
  });

  test("are told from a script by their times", () => {
    expect(looksLikeSubtitles("1\n00:00:01,000 --> 00:00:02,000\nOne.")).toBe(true);
    expect(looksLikeSubtitles("# One\nThe ferry left at 10:30.")).toBe(false);
  });
});
