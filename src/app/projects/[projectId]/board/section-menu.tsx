"use client";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { nameSchema } from "@/lib/schemas/common";
import { IconButton } from "../../../_ui/button";
import { ConfirmDialog } from "../../../_ui/confirm-dialog";
import { Menu, MenuItem, MenuLine } from "../../../_ui/menu";
import { counted } from "../../../_ui/wording";
import { WordsDialog } from "../arrange/words-dialog";
import type { ProjectSection } from "../model/filter";
import { useBoardActs } from "./board-acts";
import { useBoard } from "./board-context";

/** What can be done with a section. */
export function SectionMenu({ section }: { section: ProjectSection }) {
  const { choose } = useBoardActs();
  const { cache, sections } = useBoard();
  const [shown, setShown] = useState<"rename" | "add" | "remove" | null>(null);
  const close = () => setShown(null);
  // As it is whole, whatever a filter shows of it.
  const all = () => cache.get()?.sections ?? [];
  const whole = () => all().find((one) => one.id === section.id) ?? section;
  const place = () => all().findIndex((one) => one.id === section.id);
  return (
    <>
      <Menu
        align="start"
        trigger={
          <IconButton label={`Section ${section.title}`} className="size-7!">
            <Ellipsis size={14} />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => choose(section.sentences.map((one) => one.id))}>Select its shots</MenuItem>
        <MenuLine />
        <MenuItem onSelect={() => setShown("rename")}>Rename…</MenuItem>
        <MenuItem onSelect={() => setShown("add")}>New section behind it…</MenuItem>
        <MenuItem disabled={place() <= 0} onSelect={() => void sections.move(whole(), place() - 1)}>
          Move up
        </MenuItem>
        <MenuItem
          disabled={place() === all().length - 1}
          onSelect={() => void sections.move(whole(), place() + 1)}
        >
          Move down
        </MenuItem>
        <MenuLine />
        <MenuItem disabled={all().length < 2} onSelect={() => setShown("remove")}>
          Take off the board…
        </MenuItem>
      </Menu>
      {shown === "rename" && (
        <WordsDialog
          title="Rename the section"
          label="Title"
          first={section.title}
          schema={nameSchema}
          action="Rename"
          onDone={(title) => void sections.rename(whole(), title)}
          onClose={close}
        />
      )}
      {shown === "add" && (
        <WordsDialog
          title="New section"
          label="Title"
          schema={nameSchema}
          action="Make the section"
          onDone={(title) => void sections.add(title, place() + 1)}
          onClose={close}
        />
      )}
      <ConfirmDialog
        isOpen={shown === "remove"}
        onClose={close}
        title={`Take “${section.title}” off the board?`}
        action="Take it off"
        onConfirm={() => {
          close();
          void sections.remove(whole());
        }}
        isBusy={false}
        problem={null}
      >
        <p>
          {whole().sentences.length === 0
            ? "The section has no shots."
            : `Its ${counted(whole().sentences.length, "shot")} go to the shelf with their pictures, and can be brought back.`}
        </p>
      </ConfirmDialog>
    </>
  );
}
