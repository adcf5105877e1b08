/**
 * The columns of the table, in order. A narrow board leaves some out: the section, which stands in the heading, then
 * the seed, then the characters; a phone has the picture, the sentence and the state alone.
 */
export const COLUMNS = [
  { name: "Shot", className: "" },
  { name: "Picture", className: "" },
  { name: "Sentence", className: "" },
  { name: "Image prompt", className: "@max-[560px]:hidden" },
  { name: "Section", className: "@max-[1080px]:hidden" },
  { name: "State", className: "" },
  { name: "Characters", className: "@max-[720px]:hidden" },
  { name: "Seed", className: "@max-[860px]:hidden" },
] as const;

export type ColumnName = (typeof COLUMNS)[number]["name"];

export const classOf = (name: ColumnName): string => COLUMNS.find((one) => one.name === name)!.className;

/** The widths of the columns that there are, for each width of the board at which one goes. */
export const TRACKS =
  "grid grid-cols-[40px_92px_minmax(0,1.2fr)_minmax(0,1.4fr)_120px_132px_112px_88px] @max-[1080px]:grid-cols-[40px_92px_minmax(0,1.2fr)_minmax(0,1.4fr)_132px_112px_88px] @max-[860px]:grid-cols-[40px_92px_minmax(0,1.2fr)_minmax(0,1.4fr)_132px_112px] @max-[720px]:grid-cols-[40px_92px_minmax(0,1fr)_minmax(0,1.2fr)_120px] @max-[560px]:grid-cols-[28px_76px_minmax(0,1fr)_88px] gap-x-3 px-4";
