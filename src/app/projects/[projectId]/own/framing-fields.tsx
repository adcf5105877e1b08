"use client";
import { LIMITS } from "@/lib/limits";
import type { Size } from "@/lib/picture/framing";
import type { Framing } from "@/lib/schemas/take";
import { ChoiceRow } from "../../../_ui/choice-row";
import { TextBox } from "../../../_ui/text-box";
import { FramingBox } from "./framing-box";

/** How a picture is framed until somebody says otherwise. */
export const MIDDLE: Framing = { mode: "crop", x: 0.5, y: 0.5 };

const CHOICES = [
  { value: "crop", name: "Crop" },
  { value: "blurred", name: "Fit, blurred" },
  { value: "black", name: "Fit, black" },
  { value: "white", name: "Fit, white" },
] as const;

interface FramingFieldsProps {
  src: string;
  shape: Size;
  framing: Framing;
  credit: string;
  onFraming: (framing: Framing) => void;
  onCredit: (credit: string) => void;
}

/** How a picture is framed, and whom it is from. */
export function FramingFields({ src, shape, framing, credit, onFraming, onCredit }: FramingFieldsProps) {
  return (
    <div className="min-w-0 space-y-4">
      <FramingBox key={src} src={src} shape={shape} framing={framing} onFraming={onFraming} />
      <ChoiceRow
        label="Framing"
        value={framing.mode === "crop" ? "crop" : framing.ground}
        choices={CHOICES}
        onChoose={(value) => onFraming(value === "crop" ? MIDDLE : { mode: "fit", ground: value })}
      />
      <TextBox
        label="Credit"
        value={credit}
        onChange={onCredit}
        limit={LIMITS.credit}
        maxLength={LIMITS.credit}
        hint="Whom the picture is from. It goes into shots.csv."
      />
    </div>
  );
}
