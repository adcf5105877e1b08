"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Size } from "@/lib/picture/framing";
import type { Take } from "@/lib/schemas/take";
import { type Problem, toProblem } from "../../../_data/problem";
import { useTRPC } from "../../../_data/trpc";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { thumbnail } from "../../../_ui/media-url";
import { ProblemNote } from "../../../_ui/problem-note";
import { useOwnPictures } from "../live/use-own-pictures";
import { FramingFields, MIDDLE } from "./framing-fields";

/** Frames an own picture that is in place anew, from its file as it was given, and changes whom it is from. */
export function ChangeDialog({ take, shape, onClose }: { take: Take; shape: Size; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { change } = useOwnPictures();
  const [framing, setFraming] = useState(take.framing ?? MIDDLE);
  const [credit, setCredit] = useState(take.credit ?? "");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async () => {
    setIsBusy(true);
    try {
      await change(take, framing, credit);
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setIsBusy(false);
      void queryClient.invalidateQueries({
        queryKey: trpc.take.list.queryKey({ sentenceId: take.sentenceId }),
      });
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Own picture"
      description={`Framed to ${shape.width} × ${shape.height} from the file as you gave it. The framing before stays among the takes.`}
      isWide
    >
      <DialogBody className="space-y-4">
        <FramingFields
          src={thumbnail(take.originalUrl ?? take.url, 1280)}
          shape={shape}
          framing={framing}
          credit={credit}
          onFraming={setFraming}
          onCredit={setCredit}
        />
        {problem && <ProblemNote problem={problem} />}
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" isBusy={isBusy} onClick={() => void save()}>
          Save
        </Button>
      </DialogActions>
    </Dialog>
  );
}
