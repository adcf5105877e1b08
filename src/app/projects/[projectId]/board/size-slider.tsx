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
    <input
      type="range"
      aria-label="Size of the shots"
      title="Size of the shots"
      min={SIZE.min}
      max={SIZE.max}
      step={SIZE.step}
      value={size}
      onChange={(event) => onSize(event.target.valueAsNumber)}
      className={cx("h-8 min-w-0 shrink-0 touch:h-11", className)}
    />
  );
}
