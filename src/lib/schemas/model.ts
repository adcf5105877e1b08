import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import {
  cfgSchema,
  failureSchema,
  idSchema,
  nameSchema,
  NO_NUL,
  noNul,
  pageFields,
  pageOf,
  sideSchema,
  stepsSchema,
  timeSchema,
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
  /** Where values go in, as found in the workflow. */
  slots: z.array(slotSchema).max(1_000),
  maxReferences: z.int(),
  isActive: z.boolean(),
  createdAt: timeSchema,
});
export type Model = z.infer<typeof modelSchema>;

const workflowFile = z.string().min(1).max(400).refine(noNul, NO_NUL);
/** The text of a workflow file in ComfyUI's API format. */
const workflow = z.string().max(LIMITS.workflowBytes, "A workflow file has at most 10 MB.");

export const modelCreateInput = z
  .strictObject({
    id: idSchema.optional(),
    name: nameSchema,
    workflowCategory: workflowCategorySchema.optional(),
    workflowType: workflowTypeSchema,
    /** A path inside `workflows/` or the data folder's `workflows/`; the default of its type when left out. */
    workflowFile: workflowFile.optional(),
    workflow: workflow.optional(),
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
  defaultSteps: stepsSchema.optional(),
  defaultCfg: cfgSchema.optional(),
  renderWidth: sideSchema.nullable().optional(),
  renderHeight: sideSchema.nullable().optional(),
  isActive: z.boolean().optional(),
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
  })
  .refine((input) => Object.values(input).filter((one) => one !== undefined).length === 1, {
    message: "Give exactly one of modelId, workflow, workflowFile and workflowType.",
    path: ["modelId"],
  });

/** What was found in a workflow, and what each connected server lacks for it. */
export const modelInspectionSchema = z.object({
  /** Where it lies; null where its text was given. */
  workflowFile: z.string().nullable(),
  /** SHA-256 of the graph. */
  hash: z.string(),
  nodes: z.int(),
  slots: modelSchema.shape.slots,
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
