"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { thumbnail } from "../../../_ui/media-url";
import { Moment } from "../../../_ui/moment";
import { ProblemNote } from "../../../_ui/problem-note";
import { counted } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";

/** Shots that were taken off the board, to be brought back. */
export function ShelfDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { projectId, cache } = useBoard();
  const shelf = useQuery({ ...trpc.sentence.shelf.queryOptions({ projectId }), staleTime: 0 });
  const restore = useMutation(
    trpc.sentence.restore.mutationOptions({
      onSuccess: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: trpc.sentence.shelf.queryKey({ projectId }) }),
          cache.refetch(),
        ]),
    }),
  );
  const items = shelf.data?.items ?? [];
  const bringBack = (sentenceIds: string[]) => restore.mutate({ projectId, sentenceIds });
  const problem = restore.error ?? shelf.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Shelf"
      description="Shots that were taken off the board, or that a newer script lacks. They keep their pictures."
      isWide
    >
      <DialogBody className="min-h-40">
        {shelf.data && items.length === 0 && (
          <p className="py-8 text-center text-muted">Nothing is on the shelf.</p>
        )}
        <ul className="space-y-1">
          {items.map((one) => (
            <li key={one.id} className="flex items-center gap-3 rounded p-1 hover:bg-lifted">
              <span className="relative h-12 w-[85px] shrink-0 overflow-hidden rounded-[4px] bg-ground">
                {one.imageUrl && (
                  <img
                    src={thumbnail(one.imageUrl, 320)}
                    alt=""
                    loading="lazy"
                    className="size-full object-cover"
                  />
                )}
              </span>
              <span className="min-w-0 flex-1">
                <span className="line-clamp-2">{one.text}</span>
                <span className="block truncate text-meta text-muted">
                  {one.sectionTitle} · <Moment at={one.shelvedAt} />
                </span>
              </span>
              <Button disabled={restore.isPending} onClick={() => bringBack([one.id])}>
                Bring back
              </Button>
            </li>
          ))}
        </ul>
        {problem && <ProblemNote problem={toProblem(problem)} />}
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onClick={onClose}>
          Close
        </Button>
        {items.length > 1 && (
          <Button isBusy={restore.isPending} onClick={() => bringBack(items.map((one) => one.id))}>
            Bring back all {counted(items.length, "shot")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
