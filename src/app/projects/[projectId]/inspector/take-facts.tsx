"use client";
import type { Sentence } from "@/lib/schemas/sentence";
import { duration, grouped } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import { RENDERERS } from "../model/compare-takes";
import { OwnFacts } from "../own/own-facts";
import { type Fact, FactList } from "./fact-list";
import { useShownTake } from "./use-shown-take";

/** What the shown picture was made from. */
export function TakeFacts({ sentence }: { sentence: Sentence }) {
  const { models, styles } = useBoard();
  const { take } = useShownTake(sentence);
  if (!take) return null;
  if (take.renderer === "own") return <OwnFacts take={take} />;
  const facts: Fact[] = [
    ["Size", `${take.width} × ${take.height}`],
    ["Model", models.find((one) => one.id === take.modelId)?.name ?? take.modelId ?? "default workflow"],
    ["Style", styles.find((one) => one.id === take.styleId)?.name ?? take.styleId ?? "none"],
    ["Seed", take.seed === null ? "unknown" : grouped(take.seed)],
    [
      "Painted",
      `${take.durationMs === null ? "" : `in ${duration(take.durationMs)} `}by ${RENDERERS[take.renderer]}`,
    ],
  ];
  return (
    <section aria-label="About this picture" className="space-y-1.5 border-t border-line pt-3">
      <h3 className="text-meta text-muted">About this picture</h3>
      <FactList facts={facts} />
    </section>
  );
}
