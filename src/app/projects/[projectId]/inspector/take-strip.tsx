"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Take } from "@/lib/schemas/take";
import { toProblem } from "../../../_data/problem";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPC } from "../../../_data/trpc";
import { IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { ConfirmDialog } from "../../../_ui/confirm-dialog";
import { thumbnail } from "../../../_ui/media-url";

/** All pictures that were made for a shot; a click makes one of them its picture. */
export function TakeStrip({ sentence }: { sentence: Sentence }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const tellProblem = useTellProblem();
  const [doomed, setDoomed] = useState<Take | null>(null);
  const input = { sentenceId: sentence.id };
  const takes = useQuery(trpc.take.list.queryOptions(input));
  const refetch = () => queryClient.invalidateQueries({ queryKey: trpc.take.list.queryKey(input) });
  const select = useMutation(
    trpc.take.select.mutationOptions({
      onError: tellProblem,
      onSettled: refetch,
    }),
  );
  const remove = useMutation(
    trpc.take.delete.mutationOptions({
      onSuccess: async () => {
        await refetch();
        setDoomed(null);
      },
    }),
  );
  const items = takes.data?.items ?? [];
  const shown = select.isPending ? select.variables.takeId : sentence.selectedTakeId;
  // One alone is what the shot shows, unless it was taken off.
  if (items.every((one) => one.id === shown)) return null;
  return (
    <>
      <ul aria-label="Takes" className="grid grid-cols-5 gap-1.5">
        {items.map((take, index) => (
          <li key={take.id} className="group/take relative">
            <button
              type="button"
              aria-label={`Take ${items.length - index}${take.renderer === "own" ? ", yours" : ""}`}
              aria-pressed={take.id === shown}
              onClick={() => take.id !== shown && select.mutate({ takeId: take.id })}
              className={cx(
                "block w-full overflow-hidden rounded-[4px] bg-ground",
                take.id === shown
                  ? "outline-2 outline-offset-1 outline-accent"
                  : "opacity-80 transition-opacity duration-150 hover:opacity-100",
              )}
            >
              <img
                src={thumbnail(take.url, 320)}
                alt=""
                loading="lazy"
                decoding="async"
                className="aspect-(--shape) size-full object-cover"
              />
              {take.renderer === "own" && (
                <span
                  aria-hidden
                  className="absolute bottom-0.5 left-0.5 rounded-full bg-veil px-1.5 text-meta text-text"
                >
                  yours
                </span>
              )}
            </button>
            {take.id !== shown && (
              <IconButton
                label="Delete this take"
                onClick={() => {
                  remove.reset();
                  setDoomed(take);
                }}
                className="absolute! top-0.5 right-0.5 size-6! bg-veil opacity-0 group-hover/take:opacity-100 focus-visible:opacity-100 touch:opacity-100"
              >
                <Trash2 size={12} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Delete this take?"
        action="Delete the take"
        onConfirm={() => doomed && remove.mutate({ takeId: doomed.id })}
        isBusy={remove.isPending}
        problem={remove.error && toProblem(remove.error)}
      >
        {doomed && (
          <img
            src={thumbnail(doomed.url, 640)}
            alt=""
            style={{ aspectRatio: `${doomed.width} / ${doomed.height}` }}
            className="w-full rounded"
          />
        )}
        <p>Its picture goes, also from the disk. The shot keeps the picture it shows.</p>
      </ConfirmDialog>
    </>
  );
}
