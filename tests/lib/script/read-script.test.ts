import { describe, expect, test } from "vitest";
import { decodeScript, readScript } from "@/lib/script/read-script";

const texts = (text: string) =>
  readScript(text).sections.flatMap((one) => one.sentences.map((each) => each.text));

describe("a script of any kind", () => {
  test("is subtitles where times stand in it, else text with headings", () => {
    expect(readScript("1\n00:00:01,000 --> 00:00:02,000\nOne. Two.")).toMatchObject({
      format: "srt",
      sections: [{ sentences: [{ text: "One. Two.", startMs: 1_000 }] }],
    });
    expect(readScript("# A\nOne. Two.")).toMatchObject({ format: "markdown", sections: [{ title: "A" }] });
  });

  test("with NUL characters and halves of characters is read, and says so", () => {
    const { problems } = readScript("The\u0000 ferry \uD800left.\u0000");
    expect(texts("The\u0000 ferry \uD800left.\u0000")).toEqual(["The ferry \uFFFDleft."]);
    expect(problems).toEqual([
      "2 NUL characters were left out.",
      "Halves of characters were replaced by “\uFFFD”.",
    ]);
  });

  test("without a problem has none", () => {
    expect(readScript("One.").problems).toEqual([]);
  });
});

describe("a script file", () => {
  const words = "# Über\nDie Fähre fuhr. “Nein.”";

  test.each<[string, Uint8Array]>([
    ["UTF-8", new TextEncoder().encode(words)],
    ["UTF-16, little end first", Buffer.from(`\uFEFF${words}`, "utf16le")],
    ["UTF-16, big end first", Buffer.from(`\uFEFF${words}`, "utf16le").swap16()],
  ])("in %s is read", (_, bytes) => {
    expect(decodeScript(bytes).replace(/^\uFEFF/, "")).toBe(words);
  });

  test("of an old Windows program is read", () => {
    expect(decodeScript(Buffer.from("Die F\u00e4hre fuhr.", "latin1"))).toBe("Die Fähre fuhr.");
  });
});
