"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { QueueStatus } from "@/lib/schemas/queue";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { ConfirmDialog } from "../_ui/confirm-dialog";
import { counted } from "../_ui/wording";

interface DisconnectDialogProps {
  url: string;
  queue: QueueStatus;
  onClose: () => void;
}

/** Asks before a ComfyUI is let go of, and says what becomes of what is in line. */
export function DisconnectDialog({ url, queue, onClose }: DisconnectDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const disconnect = useMutation(
    trpc.server.disconnect.mutationOptions({
      onSuccess: (status) => {
        queryClient.setQueryData(trpc.queue.status.queryKey(), status);
        void queryClient.invalidateQueries({ queryKey: trpc.server.pathKey() });
        onClose();
      },
    }),
  );
  const open = queue.queued + queue.running;
  const isLast = queue.lanes.length === 1;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Disconnect ${new URL(url).host}?`}
      action="Disconnect"
      onConfirm={() => disconnect.mutate({ url })}
      isBusy={disconnect.isPending}
      problem={disconnect.error && toProblem(disconnect.error)}
    >
      {open > 0 && isLast && (
        <p>
          {counted(open, "picture")} in line will wait: the queue is paused, so that the demo renderer does
          not paint {open === 1 ? "it" : "them"}. Connect a ComfyUI and resume to go on.
        </p>
      )}
      {open > 0 && !isLast && <p>What it paints goes back into the line, for the others.</p>}
      <p>Pictures, models and styles stay. Its address is forgotten.</p>
    </ConfirmDialog>
  );
}
