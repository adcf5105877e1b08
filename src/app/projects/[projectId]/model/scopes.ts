import type { Sentence } from "@/lib/schemas/sentence";
import { hasFailure, isOpen } from "./shot-state";
import { counted } from "../../../_ui/wording";

/** What a press of the button asks the queue for. */
export interface Scope {
  label: string;
  /** undefined: the whole project. */
  sentenceIds: string[] | undefined;
  /** Take shots too that have a clean picture. */
  force: boolean;
  /** Retry those that failed, instead of what needs a picture. */
  isRetry: boolean;
  leftOut: LeftOut;
}

/** Shots that a request would be for, but for these. */
export interface LeftOut {
  locked: number;
  inLine: number;
}

type Kind = "missing" | "changed" | "failed" | "needed" | "all";

const ids = (sentences: readonly Sentence[]) => sentences.map((one) => one.id);
const isFree = (one: Sentence) => !isOpen(one) && !one.isLocked;
const isMissing = (one: Sentence) => one.imageUrl === null;
const isChanged = (one: Sentence) => one.imageUrl !== null && one.isImageDirty;
const FITS: Record<Kind, (one: Sentence) => boolean> = {
  missing: isMissing,
  changed: isChanged,
  failed: hasFailure,
  needed: (one) => isMissing(one) || isChanged(one) || hasFailure(one),
  all: () => true,
};

/** Whether a shot asks for a new picture and has an old one that could be kept instead. */
export const isKeepable = (one: Sentence): boolean =>
  one.imageUrl !== null && !isOpen(one) && (one.isImageDirty || hasFailure(one));

/** All that can be asked for now, by name; a scope without a shot has an empty list. */
export function scopesOf(sentences: readonly Sentence[]) {
  const take = (kind: Kind) => ids(sentences.filter((one) => isFree(one) && FITS[kind](one)));
  return {
    missing: take("missing"),
    changed: take("changed"),
    failed: take("failed"),
    needed: take("needed"),
    all: take("all"),
    /** Shots whose picture can be kept as it is. */
    keepable: ids(sentences.filter(isKeepable)),
  };
}

/** How many shots of that kind a run leaves out, and why. */
export function leftOutOf(sentences: readonly Sentence[], kind: Kind): LeftOut {
  const left = sentences.filter((one) => !isFree(one) && FITS[kind](one));
  const locked = left.filter((one) => one.isLocked).length;
  return { locked, inLine: left.length - locked };
}

/**
 * What the one primary button does now: the selection's pictures if something is selected, else the missing ones,
 * else the changed, else the failed; with nothing to do it still asks, and the answer says so.
 */
export function primaryScope(sentences: readonly Sentence[], selected: ReadonlySet<string>): Scope {
  if (selected.size > 0) return selectionScope(sentences.filter((one) => selected.has(one.id)));
  const { missing, changed, failed } = scopesOf(sentences);
  const plain = (kind: Kind) => ({ force: false, isRetry: false, leftOut: leftOutOf(sentences, kind) });
  if (missing.length > 0)
    return {
      label: `Generate ${missing.length.toLocaleString("en")} missing`,
      sentenceIds: missing,
      ...plain("missing"),
    };
  if (changed.length > 0)
    return {
      label: `Generate ${changed.length.toLocaleString("en")} changed`,
      sentenceIds: changed,
      ...plain("changed"),
    };
  if (failed.length > 0)
    return {
      label: `Retry ${failed.length.toLocaleString("en")} failed`,
      sentenceIds: failed,
      ...plain("failed"),
      isRetry: true,
    };
  return { label: "Generate missing", sentenceIds: undefined, ...plain("missing") };
}

function selectionScope(selected: readonly Sentence[]): Scope {
  const { needed, all } = scopesOf(selected);
  if (needed.length > 0 || all.length === 0) {
    // A failed shot with a clean old picture needs force, or the queue would say that it has one.
    const force =
      needed.length > 0 &&
      selected.some((one) => isFree(one) && hasFailure(one) && !isMissing(one) && !isChanged(one));
    const wanted = needed.length > 0 ? needed : ids(selected);
    return {
      label: `Generate ${wanted.length.toLocaleString("en")} selected`,
      sentenceIds: wanted,
      force,
      isRetry: false,
      leftOut: leftOutOf(selected, needed.length > 0 ? "needed" : "all"),
    };
  }
  return {
    label: `Paint ${counted(all.length, "shot")} again`,
    sentenceIds: all,
    force: true,
    isRetry: false,
    leftOut: leftOutOf(selected, "all"),
  };
}
