interface WrittenSection {
  title: string;
  sentences: readonly { text: string }[];
}

/**
 * A board as a text to edit: a heading for each section, a line for each sentence. Read again, with `adoptSplits` of the
 * same board, it is the same script.
 */
export const writeScript = (sections: readonly WrittenSection[]): string =>
  sections
    .map(({ title, sentences }) =>
      [`# ${title}`, "", ...sentences.map((one) => one.text.replace(/\s+/g, " "))].join("\n"),
    )
    .join("\n\n");
