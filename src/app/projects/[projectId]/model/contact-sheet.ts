import { LIMITS } from "@/lib/limits";
import type { Failure } from "@/lib/schemas/common";
import type { Job } from "@/lib/schemas/job";
import type { Proof, ProofList, ProofOutput } from "@/lib/schemas/proof";

/** What a contact sheet compares: rows and columns. */
export type Sheet = NonNullable<ProofList["sheet"]>;

/** What one place of a sheet shows. */
export type CellState = "missing" | "queued" | "running" | "cancelling" | "failed" | "changed" | "done";

export interface SheetCell {
  sentenceId: string;
  styleId: string;
  state: CellState;
  job: Job | null;
  take: Proof["take"];
  /** Why there is no picture. */
  failure: Failure | null;
}

const keyOf = (sentenceId: string, styleId: string) => `${sentenceId} ${styleId}`;

/**
 * The places of a sheet, row by row.
 * @param problems what kept some from being queued, of the last request
 */
export function cellsOf(
  { sentenceIds, styleIds }: Sheet,
  proofs: readonly Proof[],
  problems: ProofOutput["problems"] = [],
): SheetCell[][] {
  const known = new Map(proofs.map((one) => [keyOf(one.sentenceId, one.styleId), one]));
  const refused = new Map<string, Failure>(
    problems.flatMap(({ cells, ...failure }) =>
      cells.map((one) => [keyOf(one.sentenceId, one.styleId), failure] as const),
    ),
  );
  return sentenceIds.map((sentenceId) =>
    styleIds.map((styleId) => {
      const proof = known.get(keyOf(sentenceId, styleId));
      const failure = refused.get(keyOf(sentenceId, styleId)) ?? null;
      return { sentenceId, styleId, ...toState(proof, failure) };
    }),
  );
}

function toState(
  proof: Proof | undefined,
  refused: Failure | null,
): Omit<SheetCell, "sentenceId" | "styleId"> {
  const { job = null, take = null } = proof ?? {};
  const of = (state: CellState, failure: Failure | null = null) => ({ state, job, take, failure });
  if (job?.status === "queued") return of(job.isCancelling ? "cancelling" : "queued");
  if (job?.status === "running") return of(job.isCancelling ? "cancelling" : "running");
  if (refused) return of("failed", refused);
  if (job?.status === "failed") return of("failed", job.error);
  if (!take) return of("missing");
  return of(take.isFitting ? "done" : "changed");
}

export const isOpenCell = ({ state }: Pick<SheetCell, "state">): boolean =>
  state === "queued" || state === "running" || state === "cancelling";

/** Whether it could be painted now. */
export const isPaintable = ({ state }: Pick<SheetCell, "state">): boolean =>
  state === "missing" || state === "failed" || state === "changed";

/** How far the sheet is, in words. */
export function sheetWords(cells: readonly SheetCell[]): string {
  const count = (is: (cell: SheetCell) => boolean) => cells.filter(is).length;
  const parts = [`${count((one) => one.state === "done")} of ${cells.length} painted`];
  const open = count(isOpenCell);
  const failed = count((one) => one.state === "failed");
  if (open > 0) parts.push(`${open} in line`);
  if (failed > 0) parts.push(`${failed} failed`);
  return parts.join(" · ");
}

export interface Place {
  row: number;
  column: number;
}

/** Where an arrow key leads; null for other keys. It stops at the edges. */
export function stepOn(
  { row, column }: Place,
  key: string,
  size: { rows: number; columns: number },
): Place | null {
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  switch (key) {
    case "ArrowUp":
      return { row: within(row - 1, size.rows), column };
    case "ArrowDown":
      return { row: within(row + 1, size.rows), column };
    case "ArrowLeft":
      return { row, column: within(column - 1, size.columns) };
    case "ArrowRight":
      return { row, column: within(column + 1, size.columns) };
    case "Home":
      return { row, column: 0 };
    case "End":
      return { row, column: size.columns - 1 };
    default:
      return null;
  }
}

/** The shots that a new sheet begins with: those selected, else the first that are shown; as many as fit. */
export function shotsForSheet(order: readonly string[], chosen: ReadonlySet<string>): string[] {
  const selected = order.filter((id) => chosen.has(id));
  return (selected.length > 0 ? selected : order.slice(0, FIRST)).slice(0, LIMITS.sheetSentences);
}

/** Shots that a sheet begins with where none are selected. */
const FIRST = 3;

/** The list of proofs with a job as an event told it. */
export function withProofJob(list: ProofList, job: Job): ProofList {
  const isOf = (one: Proof) =>
    one.job.id === job.id && one.job.endedAt === null && one.job.attempt <= job.attempt;
  if (!list.items.some(isOf)) return list;
  return { ...list, items: list.items.map((one) => (isOf(one) ? { ...one, job } : one)) };
}
