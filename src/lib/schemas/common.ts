import { z } from "zod";
import { LIMITS } from "@/lib/limits";

// In a browser zod would try whether it may make functions of text, which the pages' policy forbids and reports.
if ("document" in globalThis) z.config({ jitless: true });

/** `/^[a-z0-9][a-z0-9-]{0,63}$/`: UUIDv7 for new things, slugs for seeded ones. Safe as a file name everywhere. */
export const idSchema = z
  .string()
  .max(64, "An id has at most 64 characters.")
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "An id consists of a–z, 0–9 and -, and starts with a letter or digit.");

export const NO_NUL = "This text holds a NUL character, which cannot be stored: remove it.";
export const noNul = (text: string) => !text.includes("\u0000");

/** Half of a character, as a cut in the wrong place leaves it, becomes U+FFFD: no database takes it. */
export const wellFormed = () => z.string().overwrite((text) => text.toWellFormed());

export const nameSchema = wellFormed()
  .trim()
  .min(1, "A name is needed.")
  .max(LIMITS.name, `A name has at most ${LIMITS.name} characters.`)
  .refine(noNul, NO_NUL);

/** A sentence's own text: never empty. */
export const textSchema = wellFormed()
  .trim()
  .min(1, "The text is empty.")
  .max(LIMITS.text, `A text has at most ${LIMITS.text.toLocaleString("en")} characters.`)
  .refine(noNul, NO_NUL);

/** A free text that may be empty: prompts, prefixes, descriptions. */
export const freeTextSchema = wellFormed()
  .max(LIMITS.text, `A text has at most ${LIMITS.text.toLocaleString("en")} characters.`)
  .refine(noNul, NO_NUL);

export const scriptSchema = wellFormed()
  .max(LIMITS.scriptBytes, "A script has at most 2 MB.")
  .refine((text) => new TextEncoder().encode(text).length <= LIMITS.scriptBytes, "A script has at most 2 MB.")
  .refine(noNul, NO_NUL)
  .refine((text) => text.trim().length > 0, "The script is empty: paste at least one sentence.");

export const seedSchema = z
  .int("A seed is a whole number.")
  .min(0, "A seed is 0 or more.")
  .max(LIMITS.seedMax, "A seed is at most 2^53 − 1.");

export const stepsSchema = z
  .int("Steps are a whole number.")
  .min(1, "Steps are 1 to 150.")
  .max(LIMITS.stepsMax, "Steps are 1 to 150.");

export const cfgSchema = z
  .number("cfg is a number.")
  .min(0, "cfg is 0 to 100.")
  .max(LIMITS.cfgMax, "cfg is 0 to 100.");

/** Pixels of one side of a picture. */
export const sideSchema = z
  .int("A side is a whole number of pixels.")
  .min(LIMITS.sideMin, `A side has ${LIMITS.sideMin} to ${LIMITS.sideMax} pixels.`)
  .max(LIMITS.sideMax, `A side has ${LIMITS.sideMin} to ${LIMITS.sideMax} pixels.`)
  .multipleOf(16, "A side is a multiple of 16 pixels.");

export const prioritySchema = z
  .int()
  .min(-LIMITS.priorityMax, "A priority is −100 to 100.")
  .max(LIMITS.priorityMax, "A priority is −100 to 100.");

/** ISO 8601 in UTC. */
export const timeSchema = z.string().max(40);

/** Where a list is read on: `cursor` is what the page before gave as `nextCursor`. */
export const pageFields = {
  limit: z.int().min(1).max(LIMITS.pageSize).optional(),
  cursor: z.string().min(1).max(400).optional(),
};

/** One page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item).max(10_000), nextCursor: z.string().max(400).nullable() });

/** The change is for new pictures only: those that match their inputs before it stay clean. */
export const keepPicturesSchema = z.boolean().optional();

/** Why something failed, as it is kept on jobs and sentences. */
export const failureSchema = z.object({
  code: z.string().max(100),
  message: z.string().max(4_000),
  field: z.string().max(200).nullable(),
  remedy: z.string().max(4_000).nullable(),
});
export type Failure = z.infer<typeof failureSchema>;

/** What a change would do to pictures that match their inputs now. */
export const foresightSchema = z.object({
  /** Shots that would turn dirty, the locked ones among them. */
  shots: z.int(),
  /** Projects that these shots are in. */
  projects: z.int(),
  /** Shots that would turn dirty and are locked: bulk runs leave them alone. */
  locked: z.int(),
});
export type Foresight = z.infer<typeof foresightSchema>;
