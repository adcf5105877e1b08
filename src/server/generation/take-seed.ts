import { LIMITS } from "@/lib/limits";

/** The seed of a request's n-th take (from 1): they count up from the first one's, and on from 0 after the highest. */
export function takeSeed(first: number, takeNo: number): number {
  const left = LIMITS.seedMax - first;
  return takeNo - 1 <= left ? first + takeNo - 1 : takeNo - 2 - left;
}
