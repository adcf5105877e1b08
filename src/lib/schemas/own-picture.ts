import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { idSchema, NO_NUL, noNul, wellFormed } from "./common";
import { sentenceSchema } from "./sentence";
import { framingSchema, takeInput, takeSchema } from "./take";

const creditSchema = wellFormed()
  .trim()
  .max(LIMITS.credit, `A credit has at most ${LIMITS.credit} characters.`)
  .refine(noNul, NO_NUL);
const share = z
  .string()
  .regex(/^(0(\.\d{1,20})?|1(\.0{1,20})?)$/, "A share is a number from 0 to 1, as 0.25.")
  .transform(Number);

const fields = {
  mode: z.enum(["crop", "fit"]).optional(),
  ground: z.enum(["blurred", "black", "white"]).optional(),
  credit: creditSchema.optional(),
};

/** How an uploaded picture is framed, in the address; cut around its middle unless told. */
export const ownPictureQuery = z.strictObject({ ...fields, x: share.optional(), y: share.optional() });

const number = z.number().min(0).max(1).optional();

/** The same as values, with the shot that it is for. */
export const ownPictureInput = z
  .strictObject({ ...fields, x: number, y: number, sentenceId: idSchema })
  .transform(({ sentenceId, credit = "", mode = "crop", ...values }) => {
    const defaults = mode === "crop" ? { x: 0.5, y: 0.5 } : { ground: "blurred" };
    const framing = framingSchema.parse({ mode, ...defaults, ...values });
    return { sentenceId, credit: credit || null, framing };
  });
export type OwnPictureInput = z.infer<typeof ownPictureInput>;

/** A shot after it got an own picture, and what it showed before. */
export const ownPictureOutput = z.object({
  take: takeSchema,
  sentence: sentenceSchema,
  before: z.object({ takeId: idSchema.nullable(), isLocked: z.boolean() }),
});
export type OwnPictureOutput = z.infer<typeof ownPictureOutput>;

/** An empty credit is none. */
export const takeReframeInput = takeInput.extend({
  framing: framingSchema,
  /** Left out, it stays. */
  credit: creditSchema.nullable().optional(),
});

/** An empty credit is none. */
export const takeUpdateInput = takeInput.extend({
  credit: creditSchema.nullable(),
  /** The credit that it has to have now; left out, it does not matter. */
  from: creditSchema.nullable().optional(),
});

/** An own picture as it was given. */
export const originalSchema = z.object({
  /** As libvips names it: `jpeg`, `png`, `webp`, `tiff`. */
  format: z.string().max(40),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
});

const shownTake = z.strictObject({
  sentenceId: idSchema,
  /** The take that it has to show now; null = none. */
  from: idSchema.nullable(),
  /** The take that it is to show; null = none. */
  to: idSchema.nullable(),
  /** Whether it has to be locked now; left out, it does not matter. */
  wasLocked: z.boolean().optional(),
  isLocked: z.boolean(),
});

/** Which takes shots are to show, provided that they show what is said still. */
export const takeShowInput = z.strictObject({
  projectId: idSchema,
  shots: z
    .array(shownTake)
    .min(1, "Name at least one shot.")
    .max(LIMITS.updateMany, `At most ${LIMITS.updateMany.toLocaleString("en")} shots at once.`),
});
export type TakeShowInput = z.infer<typeof takeShowInput>;
export const takeShowOutput = z.object({ sentences: z.array(sentenceSchema).max(LIMITS.updateMany) });
