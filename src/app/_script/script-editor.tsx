"use client";
import { Tabs } from "radix-ui";
import { useState } from "react";
import { TabList, TabPart } from "../_ui/tabs";
import { TextFileField } from "../_ui/text-file-field";
import { LIMITS } from "@/lib/limits";
import type { RowMark } from "./script-row";
import { ScriptPreview } from "./script-preview";
import type { ScriptState } from "./use-script";

interface ScriptEditorProps {
  script: ScriptState;
  /** What the server said about it. */
  problem: string | null;
  /** What becomes of each sentence, where it is compared with a board. */
  marks?: readonly RowMark[];
  rows?: number;
  onFile?: (name: string) => void;
  /** What the server said is of another script now. */
  onEdit: () => void;
}

/** A script as text, and as the shots that it becomes. */
export function ScriptEditor({ script, problem, marks, rows = 12, onFile, onEdit }: ScriptEditorProps) {
  const [tab, setTab] = useState("text");
  const hasShots = script.count > 0;
  const correct: typeof script.correct = (sections) => {
    script.correct(sections);
    onEdit();
  };
  const shown = hasShots ? tab : "text";
  return (
    <Tabs.Root value={shown} onValueChange={setTab}>
      <TabList
        label="Script"
        className="mb-2"
        tabs={[
          { value: "text", words: "Text" },
          {
            value: "shots",
            words: "Shots",
            count: hasShots ? script.count : undefined,
            isDisabled: !hasShots,
          },
        ]}
      />
      <TabPart value="text">
        <TextFileField
          label="Script"
          hint="Each sentence becomes a shot. A line such as “# Title” opens a section. Subtitles keep their times. At most 2 MB and 10,000 sentences."
          placeholder={"# Introduction\nPaste the script here, or drop a .txt, .md or .srt file."}
          endings={["txt", "md", "markdown", "srt", "vtt"]}
          maxBytes={LIMITS.scriptBytes}
          value={script.text}
          words={script.words}
          rows={rows}
          onChange={(text, name) => {
            script.setText(text);
            onEdit();
            if (name !== undefined) onFile?.(name);
          }}
          problem={problem ?? script.obstacle}
        />
      </TabPart>
      <TabPart value="shots">
        <ScriptPreview sections={script.sections} onChange={correct} {...(marks && { marks })} />
      </TabPart>
      {script.problems.length > 0 && (
        <ul className="mt-2 space-y-1 rounded border-l-2 border-warn bg-ground px-3 py-2 text-soft">
          {script.problems.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </Tabs.Root>
  );
}
