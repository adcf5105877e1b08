"use client";
import type { Project } from "@/lib/schemas/project";
import { textSchema } from "@/lib/schemas/common";
import type { Sentence } from "@/lib/schemas/sentence";
import { ChooseDialog } from "../../../_ui/choose-dialog";
import { counted } from "../../../_ui/wording";
import { DivideDialog } from "../arrange/divide-dialog";
import { WordsDialog } from "../arrange/words-dialog";
import { placeAtEnd } from "../model/shift";
import { PromptsDialog } from "../script/prompts-dialog";
import { ScriptDialog } from "../script/script-dialog";
import { ShelfDialog } from "../script/shelf-dialog";
import { useBoard } from "./board-context";
import type { BoardDialog } from "./board-acts";
import type { Command } from "./commands";
import { DownloadDialog } from "./download-dialog";
import { jumpTo } from "./focus";
import { KeysDialog } from "./keys-dialog";
import { Palette } from "./palette";

interface BoardDialogsProps {
  project: Project;
  shown: BoardDialog | null;
  /** All shots, in board order. */
  sentences: readonly Sentence[];
  /** Those that it is about. */
  chosenIds: ReadonlySet<string>;
  /** The section in view. */
  active: string | null;
  commands: readonly Command[];
  onShot: (sentenceId: string) => void;
  onClose: () => void;
}

/** The dialogs of the board; one at a time. */
export function BoardDialogs(props: BoardDialogsProps) {
  const { project, shown, sentences, chosenIds, active, commands, onShot, onClose } = props;
  const { shots } = useBoard();
  if (shown === null) return null;
  const chosen = sentences.filter((one) => chosenIds.has(one.id));
  const [only] = chosen;
  switch (shown) {
    case "keys":
      return <KeysDialog commands={commands} onClose={onClose} />;
    case "palette":
      return (
        <Palette
          commands={commands}
          sections={project.sections}
          sentences={sentences}
          onSection={jumpTo}
          onShot={onShot}
          onClose={onClose}
        />
      );
    case "download":
      return <DownloadDialog project={project} chosen={chosenIds} active={active} onClose={onClose} />;
    case "script":
      return <ScriptDialog project={project} onClose={onClose} />;
    case "prompts":
      return (
        <PromptsDialog
          projectName={project.name}
          sentences={sentences}
          chosenIds={chosenIds}
          onClose={onClose}
        />
      );
    case "shelf":
      return <ShelfDialog onClose={onClose} />;
    case "divide":
      return only ? (
        <DivideDialog text={only.text} onDivide={(at) => void shots.split(only, at)} onClose={onClose} />
      ) : null;
    case "section":
      return (
        <ChooseDialog
          title={`Move ${counted(chosen.length, "shot")} to`}
          choices={project.sections.map(({ id, title, sentences: some }) => ({
            id,
            words: title,
            count: some.length,
          }))}
          onChoose={(sectionId) => {
            void shots.move(placeAtEnd(project.sections, chosenIds, sectionId));
            onClose();
          }}
          onClose={onClose}
        />
      );
    case "add":
      return (
        <WordsDialog
          title="New shot"
          label="Sentence"
          rows={3}
          schema={textSchema}
          action="Add the shot"
          onDone={(text) => {
            const { sectionId, position } = placeBehind(project, chosen.at(-1));
            void shots.add(sectionId, position, text).then((id) => id !== null && onShot(id));
          }}
          onClose={onClose}
        />
      );
  }
}

/** Right behind a shot; at the end of the board where there is none. Places as they are stored. */
function placeBehind(project: Project, one: Sentence | undefined): { sectionId: string; position: number } {
  if (one) return { sectionId: one.sectionId, position: one.position + 1 };
  const last = project.sections.at(-1)!;
  return { sectionId: last.id, position: (last.sentences.at(-1)?.position ?? -1) + 1 };
}
