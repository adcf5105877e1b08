import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Plan, Reference } from "@/lib/plan/plan";
import type { Failure } from "@/lib/schemas/common";
import type { GenerateOutput } from "@/lib/schemas/image";
import type { JobStatus } from "@/lib/schemas/job";
import type { Model, SlotChoice } from "@/lib/schemas/model";
import type { LaneState, PausedBy } from "@/lib/schemas/queue";
import type { SentenceStatus } from "@/lib/schemas/sentence";
import type { Framing } from "@/lib/schemas/take";
import { createdAt, id, time } from "./columns";
import type { JobInput } from "./job-input";

const cascade = { onDelete: "cascade" } as const;

export const generationModels = pgTable("generation_models", {
  id: id(),
  name: text().notNull(),
  workflowCategory: text().$type<"image" | "video">().notNull(),
  workflowType: text().$type<Model["workflowType"]>().notNull(),
  /** null = the default workflow of its type. */
  workflowFile: text(),
  defaultSteps: integer().notNull(),
  defaultCfg: doublePrecision().notNull(),
  renderWidth: integer(),
  renderHeight: integer(),
  slots: jsonb().$type<Model["slots"]>().notNull(),
  slotChoices: jsonb().$type<SlotChoice[]>().notNull().default([]),
  maxReferences: integer().notNull(),
  isActive: boolean().notNull().default(true),
  createdAt: createdAt(),
});

export const visualStyles = pgTable("visual_styles", {
  id: id(),
  name: text().notNull(),
  styleType: text().$type<"prompt" | "lora">().notNull(),
  promptPrefix: text(),
  negativePrompt: text(),
  loraFile: text(),
  loraStrength: doublePrecision().notNull().default(1),
  compatibleModels: jsonb().$type<string[]>().notNull().default([]),
  requiresCharacterRef: boolean().notNull().default(false),
  isActive: boolean().notNull().default(true),
  createdAt: createdAt(),
});

export const projects = pgTable(
  "projects",
  {
    id: id(),
    name: text().notNull(),
    modelId: text().references(() => generationModels.id),
    styleId: text().references(() => visualStyles.id),
    width: integer().notNull().default(1920),
    height: integer().notNull().default(1088),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [index().on(t.createdAt)],
);

const projectId = () =>
  text()
    .notNull()
    .references(() => projects.id, cascade);

export const sections = pgTable(
  "sections",
  { id: id(), projectId: projectId(), title: text().notNull(), position: integer().notNull() },
  (t) => [index().on(t.projectId)],
);

export const sentences = pgTable(
  "sentences",
  {
    id: id(),
    projectId: projectId(),
    sectionId: text()
      .notNull()
      .references(() => sections.id, cascade),
    position: integer().notNull(),
    text: text().notNull(),
    imagePrompt: text(),
    modelId: text().references(() => generationModels.id),
    styleId: text().references(() => visualStyles.id),
    seed: bigint({ mode: "number" }),
    isSeedLocked: boolean().notNull().default(false),
    isLocked: boolean().notNull().default(false),
    /** Path relative to DATA_DIR. */
    imageFile: text(),
    isImageDirty: boolean().notNull().default(true),
    status: text().$type<SentenceStatus>().notNull().default("pending"),
    /** Pictures asked for since the sentence was last at rest that could not be made, and why the last one was not. */
    failedJobs: integer().notNull().default(0),
    error: jsonb().$type<Failure>(),
    selectedTakeId: text(),
    /** When the user chose that take by hand: a take requested before it does not push it aside. */
    takeSelectedAt: time(),
    /** Whether sentence_characters holds a choice (maybe an empty one); false = found in the text. */
    hasOwnCharacters: boolean().notNull().default(false),
    startMs: integer(),
    endMs: integer(),
    credit: text(),
    /** Taken off the board, by hand or by a newer script; it keeps its takes and can be brought back. */
    shelvedAt: time(),
    /** Marked while culling, to come back to. */
    isFlagged: boolean().notNull().default(false),
    version: integer().notNull().default(1),
  },
  (t) => [index().on(t.projectId), index().on(t.sectionId, t.position)],
);

export const batches = pgTable(
  "batches",
  {
    id: id(),
    projectId: text().references(() => projects.id, cascade),
    idempotencyKey: text(),
    answer: jsonb().$type<GenerateOutput>(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex().on(t.projectId, t.idempotencyKey)],
);

export const characters = pgTable("characters", {
  id: id(),
  name: text().notNull(),
  kind: text().$type<"person" | "place" | "object">().notNull().default("person"),
  description: text().notNull().default(""),
  createdAt: createdAt(),
});

const characterId = () =>
  text()
    .notNull()
    .references(() => characters.id, cascade);

export const characterImages = pgTable(
  "character_images",
  {
    id: id(),
    characterId: characterId(),
    /** Path relative to DATA_DIR. */
    file: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    position: integer().notNull(),
    isMain: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    index().on(t.characterId),
    uniqueIndex("character_images_main")
      .on(t.characterId)
      .where(sql`${t.isMain}`),
  ],
);

export const projectCast = pgTable(
  "project_cast",
  { projectId: projectId(), characterId: characterId(), position: integer().notNull().default(0) },
  (t) => [primaryKey({ columns: [t.projectId, t.characterId] })],
);

export const sentenceCharacters = pgTable(
  "sentence_characters",
  {
    sentenceId: text()
      .notNull()
      .references(() => sentences.id, cascade),
    characterId: characterId(),
    position: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.sentenceId, t.characterId] })],
);

export const generationJobs = pgTable(
  "generation_jobs",
  {
    id: id(),
    batchId: text().notNull(),
    projectId: text().references(() => projects.id, cascade),
    sentenceId: text().references(() => sentences.id, cascade),
    kind: text().$type<"shot" | "test">().notNull(),
    takeNo: integer().notNull().default(1),
    status: text().$type<JobStatus>().notNull().default("queued"),
    progress: doublePrecision().notNull().default(0),
    step: text(),
    input: jsonb().$type<JobInput>().notNull(),
    seed: bigint({ mode: "number" }),
    /** The plan of the attempt that was submitted last, and the fingerprint of its inputs. */
    plan: jsonb().$type<Plan>(),
    fingerprint: text(),
    attempt: integer().notNull().default(0),
    failures: integer().notNull().default(0),
    /** How often its ComfyUI died while executing it. */
    crashes: integer().notNull().default(0),
    promptId: text(),
    submittedAt: time(),
    lane: text(),
    /** The request's priority, −100…100. */
    priority: integer().notNull().default(0),
    /** The priority with the place on the board in one integer, higher first: what pg-boss sorts by. */
    rank: integer().notNull().default(0),
    cancelRequestedAt: time(),
    notes: jsonb().$type<string[]>().notNull().default([]),
    error: jsonb().$type<Failure>(),
    queuedAt: createdAt(),
    startedAt: time(),
    endedAt: time(),
  },
  (t) => [
    index().on(t.projectId, t.status),
    index().on(t.sentenceId),
    index().on(t.batchId),
    index().on(t.status, t.endedAt),
    uniqueIndex("generation_jobs_open")
      .on(t.sentenceId, t.takeNo)
      .where(sql`${t.status} in ('queued', 'running')`),
  ],
);

export const takes = pgTable(
  "takes",
  {
    id: id(),
    sentenceId: text()
      .notNull()
      .references(() => sentences.id, cascade),
    /** null for own and copied pictures. */
    jobId: text().unique(),
    file: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    seed: bigint({ mode: "number" }),
    prompt: text(),
    negativePrompt: text(),
    modelId: text(),
    styleId: text(),
    references: jsonb().$type<Reference[]>().notNull().default([]),
    workflowHash: text(),
    fingerprint: text(),
    /** The fingerprint of other inputs that the user accepted this picture for. */
    keptFingerprint: text(),
    renderer: text().$type<"comfyui" | "demo" | "own">().notNull(),
    durationMs: integer(),
    /** Of an own picture: the file as it was given, relative to DATA_DIR, and how it was fitted to the shape. */
    originalFile: text(),
    framing: jsonb().$type<Framing>(),
    /** Whom an own picture is from. */
    credit: text(),
    /** Deleted by the user; its file goes an hour later, and until then it can be brought back. */
    deletedAt: time(),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.sentenceId), index().on(t.styleId, t.createdAt)],
);

export const lanes = pgTable("lanes", {
  url: text().primaryKey(),
  name: text().notNull(),
  leaseOwner: text(),
  leaseUntil: time(),
  isPaused: boolean().notNull().default(false),
  /** Who paused it: the user, or Shotboard itself. */
  pausedBy: text().$type<PausedBy>(),
  pausedAt: time(),
  /** Why it is paused, in a sentence. */
  reason: text(),
  /** The longest silences, in ms, of prompts that came to their end there: what a stall is measured by. */
  quiet: jsonb().$type<{ loading?: number; sampling?: number }>().notNull().default({}),
});

/** What happened to a lane: each change of its state, the newest some hundred of each. */
export const laneEvents = pgTable(
  "lane_events",
  {
    id: id(),
    url: text().notNull(),
    state: text().$type<LaneState>().notNull(),
    /** A sentence. */
    message: text(),
    at: createdAt(),
  },
  (t) => [index().on(t.url, t.at)],
);

export const settings = pgTable("settings", { key: text().primaryKey(), value: jsonb().notNull() });
