import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { failureSchema, idSchema, NO_NUL, noNul, timeSchema, wellFormed } from "./common";

/** A header's name and value as HTTP has them: what else stood there would end up in the next line. */
const headerName = z
  .string()
  .trim()
  .min(1, "A header needs a name.")
  .max(200)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "A header's name consists of letters, digits and -.");
const headerValue = z
  .string()
  .max(8_000, "A header has at most 8,000 characters.")
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, "A header's value is one line of plain characters.");

const url = z
  .string()
  .trim()
  .min(1, "Enter the address of a ComfyUI, such as http://127.0.0.1:8188.")
  .max(2_000, "An address has at most 2,000 characters.")
  .refine(noNul, NO_NUL);

/** Where a ComfyUI is, and what a proxy before it wants to see; the scheme may be left out. */
export const serverAddressInput = z.strictObject({
  url,
  headers: z
    .record(headerName, headerValue)
    .refine((all) => Object.keys(all).length <= 20, "At most 20 headers.")
    .optional(),
});
export type ServerAddressInput = z.infer<typeof serverAddressInput>;

export const serverInput = z.strictObject({ url });

/** What a model lacks on a server. */
const missingSchema = z.object({
  ...failureSchema.shape,
  /** The file's name, and the folder of ComfyUI that it belongs in, where that is known. */
  file: z.string().nullable(),
  folder: z.string().nullable(),
});

/** What a ComfyUI says about itself, and what the models lack there. */
export const serverReportSchema = z.object({
  url: z.string(),
  version: z.string().nullable(),
  device: z.string().nullable(),
  /** Video memory in bytes. */
  vramTotal: z.number().nullable(),
  vramFree: z.number().nullable(),
  /** Prompts in its queue, of all programs. */
  queueRemaining: z.int(),
  /** The active models for images, those that have everything first. */
  models: z
    .array(
      z.object({
        id: idSchema,
        name: z.string(),
        missing: z.array(missingSchema).max(1_000),
      }),
    )
    .max(1_000),
});
export type ServerReport = z.infer<typeof serverReportSchema>;

export const serverFindOutput = z.object({ items: z.array(serverReportSchema).max(10) });

export const serverListOutput = z.object({
  /** COMFYUI_URL names them: none can be connected or disconnected here. */
  isFromEnvironment: z.boolean(),
  /** Whether the GPU's memory is freed when our last job ends. */
  freesWhenDone: z.boolean(),
  items: z.array(z.object({ url: z.string(), headerNames: z.array(z.string()).max(20) })).max(64),
});
export type ServerList = z.infer<typeof serverListOutput>;

/** What runs and waits on a server, in its order. */
export const serverActivityOutput = z.object({
  items: z
    .array(
      z.object({
        promptId: z.string(),
        isRunning: z.boolean(),
        /** null: another program's. */
        shot: z
          .object({ projectId: idSchema, projectName: z.string(), sentenceId: idSchema, text: z.string() })
          .nullable(),
        nodes: z.int().nullable(),
      }),
    )
    .max(LIMITS.sentencesPerProject),
});
export type ServerActivity = z.infer<typeof serverActivityOutput>;

const storedWorkflow = z.object({
  /** saved: by the server's user in the editor · run: it ran there. */
  kind: z.enum(["saved", "run"]),
  /** The path below its folder of workflows, or the prompt's id. */
  id: z.string(),
});

/** Workflows that can be fetched from a server. */
export const serverWorkflowsOutput = z.object({
  items: z.array(storedWorkflow.extend({ name: z.string(), at: timeSchema.nullable() })).max(3_000),
});

export const serverWorkflowInput = serverInput.extend({
  kind: storedWorkflow.shape.kind,
  id: wellFormed().min(1).max(1_000).refine(noNul, NO_NUL),
});

/** A workflow's text, in either of ComfyUI's formats. */
export const serverWorkflowOutput = z.object({ text: z.string() });

const word = wellFormed().min(1).max(1_000).refine(noNul, NO_NUL);

/** What to load on a server instead of a file that it does not have; null forgets what was chosen. */
export const serverChoiceInput = serverInput.extend({
  classType: word,
  input: word,
  value: word,
  choice: word.nullable(),
});

export const serverSettingsInput = z.strictObject({ freesWhenDone: z.boolean() });
