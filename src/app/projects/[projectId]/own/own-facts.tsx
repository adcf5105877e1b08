"use client";
import { useQuery } from "@tanstack/react-query";
import type { Framing, Take } from "@/lib/schemas/take";
import { useTRPC } from "../../../_data/trpc";
import { Button } from "../../../_ui/button";
import { bytes } from "../../../_ui/wording";
import { type Fact, FactList } from "../inspector/fact-list";
import { useOwnPicturesDialog } from "./own-pictures-context";

const framingWords = (framing: Framing | null): string => {
  if (framing === null) return "unknown";
  if (framing.mode === "fit")
    return framing.ground === "blurred" ? "fitted on a blurred ground" : `fitted on ${framing.ground}`;
  return `cropped around ${Math.round(framing.x * 100)} %, ${Math.round(framing.y * 100)} %`;
};

/** Where a picture of one's own is from, and how it was framed. */
export function OwnFacts({ take }: { take: Take }) {
  const trpc = useTRPC();
  const { change } = useOwnPicturesDialog();
  const original = useQuery({
    ...trpc.take.original.queryOptions({ takeId: take.id }),
    enabled: take.originalUrl !== null,
    staleTime: Infinity,
  }).data;
  const facts: Fact[] = [
    ["Size", `${take.width} × ${take.height}`],
    ["Framing", framingWords(take.framing)],
    ["Credit", take.credit ?? "none"],
    [
      "File",
      take.originalUrl === null ? (
        "gone"
      ) : (
        <a href={take.originalUrl} target="_blank" rel="noreferrer" className="text-accent hover:underline">
          {original
            ? `${original.width} × ${original.height}, ${original.format.toUpperCase()}, ${bytes(original.bytes)}`
            : "as you gave it"}
        </a>
      ),
    ],
  ];
  return (
    <section aria-label="About this picture" className="space-y-1.5 border-t border-line pt-3">
      <h3 className="text-meta text-muted">Your own picture</h3>
      <FactList facts={facts} />
      <Button disabled={take.originalUrl === null} onClick={() => change(take)}>
        Change framing…
      </Button>
    </section>
  );
}
