import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Whether two texts are one, in a time that tells nothing about where they differ. */
export const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
