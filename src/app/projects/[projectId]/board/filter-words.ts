import type { Kind, Mark } from "../model/filter";

export const KIND_WORDS: Record<Kind, string> = {
  missing: "Missing",
  dirty: "Changed",
  failed: "Failed",
  open: "In line",
  done: "Done",
};

export const MARK_WORDS: Record<Mark, string> = {
  locked: "Locked",
  flagged: "Flagged",
  own: "Own picture",
};
