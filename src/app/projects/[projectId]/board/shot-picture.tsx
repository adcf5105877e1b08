"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { placeholder, thumbnail, thumbnails } from "../../../_ui/media-url";
import { useInBrowser } from "../../../_ui/use-in-browser";
import { shotState, type ShotState } from "../model/shot-state";
import { useJobStep } from "./use-job-step";
import { usePreview } from "./use-preview";

interface ShotPictureProps {
  sentence: Sentence;
  /** The width it is shown at, for `sizes`. */
  sizes: string;
  isEager?: boolean;
}

/** How far the old picture steps back behind what happens now. */
const DIMMED: Partial<Record<ShotState, string>> = {
  queued: "opacity-60",
  running: "opacity-60",
  cancelling: "opacity-60",
  failed: "opacity-45",
};

/** A shot's picture: the selected take, over it the preview of the one being painted, growing sharp. */
export function ShotPicture({ sentence, sizes, isEager = false }: ShotPictureProps) {
  const { imageUrl } = sentence;
  const job = useJobStep(sentence.job);
  const [shownUrl, setShownUrl] = useState(imageUrl);
  const { isBroken, attempt, onBroken } = useRetry();
  const picture = useRef<HTMLImageElement>(null);
  const isLate = useIsLate(picture, imageUrl);
  const isShown = imageUrl === null || shownUrl === imageUrl;
  const preview = usePreview(job, isShown);
  const dimmed = DIMMED[shotState(sentence)];
  const blur = job?.status === "running" ? Math.round((1 - job.progress / 100) * 8) : 0;
  return (
    <>
      <span
        className={cx("absolute inset-0", shownUrl === null ? "unpainted" : "bg-ground bg-cover bg-center")}
        // A few pixels of the picture, until it is there itself. Behind one that steps back they would show through.
        style={
          imageUrl === null || !isLate || dimmed !== undefined || isBroken
            ? undefined
            : { backgroundImage: `url("${placeholder(imageUrl)}")` }
        }
      />
      {imageUrl && (
        <img
          key={attempt}
          ref={picture}
          src={thumbnail(imageUrl, 640)}
          srcSet={thumbnails(imageUrl)}
          sizes={sizes}
          alt=""
          loading={isEager ? "eager" : "lazy"}
          decoding="async"
          draggable={false}
          onLoad={() => setShownUrl(imageUrl)}
          onError={() => onBroken()}
          className={cx(
            "absolute inset-0 size-full object-cover transition-opacity duration-150",
            isBroken ? "invisible" : dimmed,
          )}
        />
      )}
      {preview && (
        <img
          src={preview}
          alt=""
          draggable={false}
          // A press lands on what stays: this is gone when the picture comes, and the press with it.
          style={{ filter: blur > 0 ? `blur(${blur}px)` : undefined }}
          className="pointer-events-none absolute inset-0 size-full scale-[1.03] animate-appear object-cover transition-[filter] duration-150"
        />
      )}
    </>
  );
}

/** ms in which a picture comes from a server nearby. */
const SOON = 120;

/**
 * Whether a picture lets one wait: where it is there at once, its placeholder would only be asked for in vain. Those
 * that come with the page always do: until it has come to life nobody could ask for theirs.
 */
function useIsLate(picture: RefObject<HTMLImageElement | null>, url: string | null): boolean {
  const isInBrowser = useInBrowser();
  const [lateUrl, setLateUrl] = useState(isInBrowser ? null : url);
  useEffect(() => {
    const look = () => {
      if (picture.current?.complete === false) setLateUrl(url);
    };
    const timer = setTimeout(look, SOON);
    return () => clearTimeout(timer);
  }, [picture, url]);
  return url !== null && lateUrl === url;
}

/** ms until a picture that could not be loaded is asked for again. */
const RETRY = 4_000;

/** Asks again for a picture while the server is away, instead of showing a broken one. */
function useRetry() {
  const [attempt, setAttempt] = useState(0);
  const [isBroken, setIsBroken] = useState(false);
  useEffect(() => {
    if (!isBroken) return;
    const timer = setTimeout(() => {
      setIsBroken(false);
      setAttempt((count) => count + 1);
    }, RETRY);
    return () => clearTimeout(timer);
  }, [isBroken]);
  return { attempt, isBroken, onBroken: () => setIsBroken(true) };
}
