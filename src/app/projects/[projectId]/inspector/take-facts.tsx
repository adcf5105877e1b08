"use client";
import { useQuery } from "@tanstack/react-query";
import type { Sentence } from "@/lib/schemas/sentence";
import { useTRPC } from "../../../_data/trpc";
import { duration, grouped } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import { RENDERERS } from "../model/compare-takes";
import { OwnFacts } from "../own/own-facts";
import { FactList } from "./fact-list";

/** What the shown picture was made from, and what its job had to say. */
export function TakeFacts({ sentence }: { sentence: Sentence }) {
  const trpc = useTRPC();
  const { models, styles } = useBoard();
  const takes = useQuery(trpc.take.list.queryOptions({ sentenceId: sentence.id }));
  const take = takes.data?.items.find((one) => one.id === sentence.selectedTakeId);
  const job = useQuery({
    ...trpc.job.get.queryOptions({ jobId: take?.jobId ?? "" }),
    enabled: take?.jobId != null,
    staleTime: Infinity,
  });
  if (!take) return null;
  if (take.renderer === "own") return <OwnFacts take={take} />;
  const notes = job.data?.notes ?? [];
  const facts: [string, string][] = [
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
      {notes.map((note) => (
        <p key={note} className="rounded border-l-2 border-edge bg-ground px-3 py-2 text-soft">
          {note}
        </p>
      ))}
      {take.isKept && !sentence.isImageDirty && (
        <p className="rounded border-l-2 border-edge bg-ground px-3 py-2 text-soft">
          You kept this picture after its inputs had changed. It still tells what it was made from.
        </p>
      )}
      <h3 className="text-meta text-muted">About this picture</h3>
      <FactList facts={facts} />
    </section>
  );
}
