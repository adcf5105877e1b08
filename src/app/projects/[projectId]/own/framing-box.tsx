"use client";
import { ImageOff } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { cutOf, type Size } from "@/lib/picture/framing";
import type { Framing } from "@/lib/schemas/take";
import { cx } from "../../../_ui/class-names";

interface FramingBoxProps {
  src: string;
  /** Of the project. */
  shape: Size;
  framing: Framing;
  onFraming: (framing: Framing) => void;
}

type Crop = Extract<Framing, { mode: "crop" }>;

/** How far an arrow key moves the focus, in shares; with Shift, five times as far. */
const STEP = 0.02;
/** As high before the picture is there as with it, in every framing: nothing below moves. */
const FRAME = "grid h-(--tall) place-items-center rounded bg-ground [--tall:288px] max-sm:[--tall:224px]";
const share = (value: number) => Math.min(1, Math.max(0, Math.round(value * 10_000) / 10_000));
const percent = (value: number) => `${Math.round(value * 100)} %`;

/** A picture as it will be framed: what a crop leaves out is dark, and its focus can be dragged. */
export function FramingBox({ src, shape, framing, onFraming }: FramingBoxProps) {
  const [isUnseen, setIsUnseen] = useState(false);
  if (isUnseen)
    return (
      <p className={cx(FRAME, "place-content-center justify-items-center gap-2 px-6 text-center text-soft")}>
        <ImageOff size={20} aria-hidden className="text-muted" />
        This browser cannot show the file. Where it is a TIFF, use it, then change its framing.
      </p>
    );
  const onError = () => setIsUnseen(true);
  return framing.mode === "crop" ? (
    <CropBox src={src} shape={shape} framing={framing} onFraming={onFraming} onError={onError} />
  ) : (
    <div className={FRAME}>
      <div
        className={cx("relative overflow-hidden", framing.ground === "white" ? "bg-white" : "bg-black")}
        style={{
          aspectRatio: `${shape.width} / ${shape.height}`,
          width: `min(100%, var(--tall) * ${shape.width / shape.height})`,
        }}
      >
        {framing.ground === "blurred" && (
          <img
            src={src}
            alt=""
            className="absolute inset-0 size-full scale-110 object-cover blur-lg brightness-60"
          />
        )}
        <img src={src} alt="" onError={onError} className="absolute inset-0 size-full object-contain" />
      </div>
    </div>
  );
}

interface CropBoxProps extends FramingBoxProps {
  framing: Crop;
  onError: () => void;
}

function CropBox({ src, shape, framing, onFraming, onError }: CropBoxProps) {
  const [size, setSize] = useState<Size | null>(null);
  const { x, y } = framing;
  const move = (to: { x: number; y: number }) => onFraming({ mode: "crop", x: share(to.x), y: share(to.y) });
  const point = (event: PointerEvent<HTMLElement>) => {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    move({ x: (event.clientX - left) / width, y: (event.clientY - top) / height });
  };
  const key = (event: KeyboardEvent) => {
    const by = STEP * (event.shiftKey ? 5 : 1);
    if (event.key === "ArrowLeft") move({ x: x - by, y });
    else if (event.key === "ArrowRight") move({ x: x + by, y });
    else if (event.key === "ArrowUp") move({ x, y: y - by });
    else if (event.key === "ArrowDown") move({ x, y: y + by });
    else return;
    event.preventDefault();
  };
  const cut = size && cutOf(size, shape, framing);
  return (
    <div className={FRAME}>
      <div
        role="presentation"
        onPointerDown={point}
        onPointerMove={point}
        onKeyDown={key}
        className="relative max-w-full cursor-crosshair touch-none overflow-hidden select-none"
      >
        <img
          src={src}
          alt=""
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            setSize({ width, height })
          }
          onError={onError}
          className="block max-h-(--tall) max-w-full"
        />
        {cut && size && (
          <span
            className="pointer-events-none absolute outline-1 outline-text shadow-[0_0_0_9999px_oklch(10%_0.01_260/0.7)]"
            style={{
              left: `${(cut.left / size.width) * 100}%`,
              top: `${(cut.top / size.height) * 100}%`,
              width: `${(cut.width / size.width) * 100}%`,
              height: `${(cut.height / size.height) * 100}%`,
            }}
          />
        )}
        <span
          data-autofocus
          {...FOCUS}
          aria-valuenow={Math.round(x * 100)}
          aria-valuetext={`${percent(x)} from the left, ${percent(y)} from the top`}
          className="absolute size-6 -translate-1/2 rounded-full border-2 border-accent outline-offset-2 shadow"
          style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
        />
      </div>
    </div>
  );
}

/** No element of HTML has two directions, so the role stands here. */
const FOCUS = {
  role: "slider",
  tabIndex: 0,
  "aria-label": "Focus of the crop",
  "aria-valuemin": 0,
  "aria-valuemax": 100,
} as const;
