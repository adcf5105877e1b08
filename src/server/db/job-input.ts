import type { Plan } from "@/lib/plan/plan";
import type { Overrides } from "@/lib/schemas/image";

/** What of a request each of its jobs remembers. */
export interface JobInput {
  overrides: Overrides;
  /** The model fixed when the job was queued; null = a default graph. */
  modelId: string | null;
  /** Of a test: what it paints. */
  prompt?: string;
  /** Of a take that is painted exactly again: its plan, whatever the rows say now. */
  plan?: Plan;
  /** Of a picture for a contact sheet, not for the board; and which sheet that was. */
  isProof?: true;
  sheet?: { sentenceIds: string[]; styleIds: string[] };
}
