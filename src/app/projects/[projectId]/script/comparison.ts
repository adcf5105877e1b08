import type { Project } from "@/lib/schemas/project";
import { compareScripts } from "@/lib/script/compare-scripts";
import type { ScriptSection } from "@/lib/script/script";
import type { RowMark } from "../../../_script/script-row";
import { counted } from "../../../_ui/wording";

export interface BoardComparison {
  /** One for each sentence of the script. */
  marks: RowMark[];
  /** What would go to the shelf. */
  removed: { id: string; number: number; text: string; hasPicture: boolean }[];
  /** Whether applying it would change anything. */
  isChange: boolean;
  /** `18 stay · 2 edited · 1 new · 3 to the shelf` */
  words: string;
}

/** What an edited script would do to the board. */
export function compareWithBoard(
  { sections }: Pick<Project, "sections">,
  script: readonly ScriptSection[],
): BoardComparison {
  const board = sections.flatMap((section) => section.sentences);
  const byId = new Map(board.map((one, index) => [one.id, { sentence: one, number: index + 1 }]));
  const { matches, removed } = compareScripts(
    board,
    script.flatMap((section) => section.sentences.map((one) => one.text)),
  );
  const marks = matches.map(({ id, isEdited, isMoved }): RowMark => ({
    kind: id === null ? "new" : isEdited ? "edited" : "kept",
    isMoved,
    was: id !== null && isEdited ? byId.get(id)!.sentence.text : null,
  }));
  const count = (fits: (mark: RowMark) => boolean) => marks.filter(fits).length;
  const [kept, edited, added] = [
    count((one) => one.kind === "kept" && !one.isMoved),
    count((one) => one.kind === "edited"),
    count((one) => one.kind === "new"),
  ];
  const moved = count((one) => one.isMoved);
  const titles = (all: readonly { title: string; sentences: readonly unknown[] }[]) =>
    JSON.stringify(all.map((one) => [one.title, one.sentences.length]));
  return {
    marks,
    removed: removed.map((id) => {
      const { sentence, number } = byId.get(id)!;
      return { id, number, text: sentence.text, hasPicture: sentence.imageUrl !== null };
    }),
    isChange: edited + added + moved + removed.length > 0 || titles(sections) !== titles(script),
    words: [
      `${kept.toLocaleString("en")} stay as they are`,
      edited > 0 && `${edited.toLocaleString("en")} edited`,
      moved > 0 && `${moved.toLocaleString("en")} moved`,
      added > 0 && `${counted(added, "new shot")}`,
      removed.length > 0 && `${removed.length.toLocaleString("en")} to the shelf`,
    ]
      .filter((one) => one !== false)
      .join(" · "),
  };
}
