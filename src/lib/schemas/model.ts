import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import {
  cfgSchema,
  failureSchema,
  idSchema,
  keepPicturesSchema,
  nameSchema,
  NO_NUL,
  noNul,
  pageFields,
  pageOf,
  seedSchema,
  sideSchema,
  stepsSchema,
  textSchema,
  timeSchema,
  wellFormed,
} from "./common";

const workflowCategorySchema = z.enum(["image", "video"]);
export const workflowTypeSchema = z.enum(["text-to-image", "image-to-image", "image-to-video"]);
export type WorkflowType = z.infer<typeof workflowTypeSchema>;

export const slotNames = [
  "prompt",
  "negative",
  "seed",
  "steps",
  "cfg",
  "width",
  "height",
  "reference",
  "lora",
  "output",
] as const;
export type SlotName = (typeof slotNames)[number];

/** A place in a workflow where a value goes in. */
const slotSchema = z.object({
  slot: z.enum(slotNames),
  nodeId: z.string(),
  classType: z.string(),
  title: z.string().nullable(),
  input: z.string(),
});

/** A place that the user chose for a slot; `nodeId` null: the slot is left empty. */
const slotChoiceSchema = slotSchema.extend({
  nodeId: z.string().nullable(),
  classType: z.string().nullable(),
  input: z.string().nullable(),
});
export type SlotChoice = z.infer<typeof slotChoiceSchema>;

/** What became of a chosen place, or of a slot, in a workflow that was exported anew. */
const slotBindingSchema = z.object({
  slot: z.enum(slotNames),
  /** ambiguous, lost: must be chosen again. */
  status: z.enum(["kept", "moved", "ambiguous", "lost"]),
  before: slotChoiceSchema,
  now: slotChoiceSchema.nullable(),
});
export type SlotBinding = z.infer<typeof slotBindingSchema>;

export const modelSchema = z.object({
  id: idSchema,
  name: z.string(),
  workflowCategory: workflowCategorySchema,
  workflowType: workflowTypeSchema,
  workflowFile: z.string().nullable(),
  defaultSteps: z.int(),
  defaultCfg: z.number(),
  renderWidth: z.int().nullable(),
  renderHeight: z.int().nullable(),
  /** Where values go in: as found in the workflow, or as chosen. */
  slots: z.array(slotSchema).max(1_000),
  /** What the user chose; all other slots are as found. */
  slotChoices: z.array(slotChoiceSchema).max(1_000),
  maxReferences: z.int(),
  isActive: z.boolean(),
  /** Address of the newest test picture. */
  previewUrl: z.string().nullable(),
  createdAt: timeSchema,
});
export type Model = z.infer<typeof modelSchema>;

const workflowFile = wellFormed().min(1).max(400).refine(noNul, NO_NUL);
/** The text of a workflow in ComfyUI's API format, or as its editor saves it. */
const workflow = z.string().max(LIMITS.workflowBytes, "A workflow file has at most 10 MB.");

/** Several places of one slot all take its value; `nodeId` null leaves the slot empty. */
const slotChoices = z
  .array(
    z.strictObject({
      slot: z.enum(slotNames),
      nodeId: wellFormed().min(1).max(400).refine(noNul, NO_NUL).nullable(),
      input: wellFormed().min(1).max(400).refine(noNul, NO_NUL).nullable().optional(),
    }),
  )
  .max(200);
export type SlotChoicesInput = z.infer<typeof slotChoices>;

export const modelCreateInput = z
  .strictObject({
    id: idSchema.optional(),
    name: nameSchema,
    workflowCategory: workflowCategorySchema.optional(),
    workflowType: workflowTypeSchema,
    /** A path inside `workflows/` or the data folder's `workflows/`; the default of its type when left out. */
    workflowFile: workflowFile.optional(),
    workflow: workflow.optional(),
    slotChoices: slotChoices.optional(),
    defaultSteps: stepsSchema.optional(),
    defaultCfg: cfgSchema.optional(),
    renderWidth: sideSchema.nullable().optional(),
    renderHeight: sideSchema.nullable().optional(),
    isActive: z.boolean().optional(),
  })
  .refine((input) => !(input.workflow && input.workflowFile), {
    message: "Give either workflowFile or workflow, not both.",
    path: ["workflow"],
  });
export type ModelCreate = z.infer<typeof modelCreateInput>;

export const modelUpdateInput = z.strictObject({
  modelId: idSchema,
  name: nameSchema.optional(),
  workflowType: workflowTypeSchema.optional(),
  workflowFile: workflowFile.nullable().optional(),
  workflow: workflow.optional(),
  /** Replaces all choices; left out with a new workflow, the present ones are found again in it. */
  slotChoices: slotChoices.optional(),
  defaultSteps: stepsSchema.optional(),
  defaultCfg: cfgSchema.optional(),
  renderWidth: sideSchema.nullable().optional(),
  renderHeight: sideSchema.nullable().optional(),
  isActive: z.boolean().optional(),
  keepPictures: keepPicturesSchema,
});
export type ModelUpdate = z.infer<typeof modelUpdateInput>;

export const modelInput = z.strictObject({ modelId: idSchema });
export const modelListInput = z.strictObject(pageFields).optional();
export const modelListOutput = pageOf(modelSchema);

/** Of one workflow: a model's, a text's, a file's, or the default of a type. */
export const modelInspectInput = z
  .strictObject({
    modelId: idSchema.optional(),
    workflow: workflow.optional(),
    workflowFile: workflowFile.optional(),
    workflowType: workflowTypeSchema.optional(),
    /** Shows what these choices would do; a model's own where left out. */
    slotChoices: slotChoices.optional(),
  })
  .refine(
    ({ modelId, ...input }) => {
      const named = [input.workflow, input.workflowFile, input.workflowType].filter(
        (one) => one !== undefined,
      );
      return named.length === 1 || (named.length === 0 && modelId !== undefined);
    },
    {
      message:
        "Give exactly one of workflow, workflowFile and workflowType, or modelId for what that model runs on; with both, modelId is whose choices are found again.",
      path: ["modelId"],
    },
  );

/** What was found in a workflow, and what each connected server lacks for it. */
export const modelInspectionSchema = z.object({
  /** Where it lies; null where its text was given. */
  workflowFile: z.string().nullable(),
  /** SHA-256 of the graph. */
  hash: z.string(),
  nodes: z.int(),
  /** How the workflow came; `editor`: it was converted. */
  format: z.enum(["api", "editor"]),
  /** What the user should know of the conversion. */
  warnings: z.array(z.string()).max(10_000),
  /** Each with what stands there now; null where that is a link. */
  slots: z.array(slotSchema.extend({ value: z.string().nullable() })).max(1_000),
  slotChoices: modelSchema.shape.slotChoices,
  /** Places that could be chosen. */
  places: z.array(slotSchema.extend({ value: z.string().nullable() })).max(3_000),
  /** What became of the model's choices and slots, where they were looked for in another workflow. */
  bindings: z.array(slotBindingSchema).max(1_000),
  maxReferences: z.int(),
  servers: z
    .array(
      z.object({
        url: z.string(),
        name: z.string(),
        isDemo: z.boolean(),
        /** unreachable: what it has is not known. */
        status: z.enum(["ok", "unreachable"]),
        problems: z
          .array(
            failureSchema.omit({ field: true }).extend({
              nodeId: z.string(),
              classType: z.string(),
              input: z.string().nullable(),
              value: z.string().nullable(),
              /** Of ComfyUI, where the file belongs. */
              folder: z.string().nullable(),
              /** The names most like it that the server has, best first. */
              nearest: z.array(z.string()).max(5),
              /** Where the workflow says that it can be downloaded. */
              download: z.string().nullable(),
            }),
          )
          .max(10_000),
        /** Files that are loaded under another name there: the server's own spelling, or one that was chosen. */
        replacements: z
          .array(
            z.object({
              nodeId: z.string(),
              classType: z.string(),
              input: z.string(),
              from: z.string(),
              to: z.string(),
              isChosen: z.boolean(),
            }),
          )
          .max(10_000),
      }),
    )
    .max(64),
});
export type ModelInspection = z.infer<typeof modelInspectionSchema>;

export const workflowListOutput = z.object({
  items: z
    .array(
      z.object({
        /** As `workflowFile` has it. */
        file: z.string(),
        /** Models that run on it. */
        models: z.int(),
      }),
    )
    .max(1_000),
});

/** One picture of a model that belongs to no sentence. */
export const modelTestInput = z.strictObject({
  modelId: idSchema,
  /** A sample where left out. */
  prompt: textSchema.optional(),
  styleId: idSchema.optional(),
  seed: seedSchema.optional(),
  steps: stepsSchema.optional(),
  cfg: cfgSchema.optional(),
});
export type ModelTest = z.infer<typeof modelTestInput>;

/** Its progress is `job.get`; its picture `/media/jobs/{jobId}/result.png`. */
export const modelTestOutput = z.object({ jobId: idSchema });

/** What uses a model. */
export const modelUsageSchema = z.object({
  projects: z.array(z.object({ id: idSchema, name: z.string() })).max(100_000),
  /** Shots that have it as their own. */
  shots: z.int(),
  /** Names of the styles that list it as a model they go with. */
  styles: z.array(z.string()).max(100_000),
  /** Queued and running jobs. */
  jobs: z.int(),
});
export type ModelUsage = z.infer<typeof modelUsageSchema>;
