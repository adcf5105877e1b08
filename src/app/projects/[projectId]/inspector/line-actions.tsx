"use client";
import { ArrowDownToLine, ArrowUpToLine } from "lucide-react";
import type { Sentence } from "@/lib/schemas/sentence";
import { Button } from "../../../_ui/button";
import { Key } from "../../../_ui/key";
import { useBoard } from "../board/board-context";
import { PRIORITY, turnsOf } from "../model/turns";

/** Another turn for shots that wait in line; nothing where none of them waits. */
export function LineActions({ sentences }: { sentences: readonly Sentence[] }) {
  const { actions } = useBoard();
  const { next, last, normal } = turnsOf(sentences);
  return (
    <>
      {next.length > 0 && (
        <Button onClick={() => void actions.prioritize(next, PRIORITY.next)} aria-keyshortcuts="n">
          <ArrowUpToLine size={14} aria-hidden /> Paint next <Key>N</Key>
        </Button>
      )}
      {last.length > 0 && (
        <Button onClick={() => void actions.prioritize(last, PRIORITY.last)}>
          <ArrowDownToLine size={14} aria-hidden /> Paint last
        </Button>
      )}
      {normal.length > 0 && (
        <Button onClick={() => void actions.prioritize(normal, PRIORITY.normal)}>Normal order</Button>
      )}
    </>
  );
}
