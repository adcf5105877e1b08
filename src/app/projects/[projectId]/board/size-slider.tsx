"use client";
import { Slider } from "radix-ui";
import { cx } from "../../../_ui/class-names";
import { SIZE } from "../model/view";

interface SizeSliderProps {
  size: number;
  onSize: (size: number) => void;
  className?: string;
}

/** How large the shots are. */
export function SizeSlider({ size, onSize, className }: SizeSliderProps) {
  return (
    <Slider.Root
      value={[size]}
      min={SIZE.min}
      max={SIZE.max}
      step={SIZE.step}
      onValueChange={([next]) => next !== undefined && onSize(next)}
      className={cx("relative flex h-8 shrink-0 touch-none items-center touch:h-11", className)}
    >
      <Slider.Track className="relative h-0.5 w-full rounded-full bg-edge">
        <Slider.Range className="absolute h-full rounded-full bg-muted" />
      </Slider.Track>
      <Slider.Thumb
        aria-label="Size of the shots"
        title="Size of the shots"
        className="block size-3.5 rounded-full bg-soft hover:bg-text"
      />
    </Slider.Root>
  );
}
