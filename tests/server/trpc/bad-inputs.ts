import { NOBODY } from "./procedures";

interface Ids {
  projectId: string;
  sentenceId: string;
  /** A sentence of another project. */
  foreignId: string;
}

/** What is refused, by which mutation, for which input, with which status, naming which field. */
type BadInput = [
  what: string,
  name: string,
  input: (ids: Ids) => Record<string, unknown>,
  status: number,
  field: string,
];

/** Input that is refused for what it is. */
export const BAD_INPUTS: BadInput[] = [
  ["a project of no size", "project.update", ({ projectId }) => ({ projectId, width: 8 }), 400, "width"],
  [
    "a project of an unknown model",
    "project.update",
    ({ projectId }) => ({ projectId, modelId: "nope" }),
    404,
    "modelId",
  ],
  ["a project without a name", "project.update", ({ projectId }) => ({ projectId, name: null }), 400, "name"],
  [
    "an empty script",
    "script.import",
    ({ projectId }) => ({ projectId, text: "", format: "text" }),
    400,
    "text",
  ],
  [
    "subtitles without times",
    "script.import",
    ({ projectId }) => ({ projectId, text: "Words.", format: "srt" }),
    400,
    "text",
  ],
  [
    "a format it does not know",
    "script.import",
    ({ projectId }) => ({ projectId, text: "Words.", format: "docx" }),
    400,
    "format",
  ],
  [
    "a place before the first",
    "section.create",
    ({ projectId }) => ({ projectId, title: "New", position: -1 }),
    400,
    "position",
  ],
  [
    "a section without a title",
    "section.create",
    ({ projectId }) => ({ projectId, title: "" }),
    400,
    "title",
  ],
  [
    "no sentences",
    "sentence.updateMany",
    ({ projectId }) => ({ projectId, sentences: [] }),
    400,
    "sentences",
  ],
  [
    "3,001 sentences",
    "sentence.updateMany",
    ({ projectId, sentenceId }) => ({
      projectId,
      sentences: Array.from({ length: 3_001 }, () => ({ sentenceId })),
    }),
    400,
    "sentences",
  ],
  [
    "a sentence of another project",
    "sentence.updateMany",
    ({ projectId, foreignId }) => ({ projectId, sentences: [{ sentenceId: foreignId, text: "Mine." }] }),
    404,
    "sentences.0.sentenceId",
  ],
  [
    "a sentence twice",
    "sentence.updateMany",
    ({ projectId, sentenceId }) => ({
      projectId,
      sentences: [
        { sentenceId, seed: 1 },
        { sentenceId, seed: 2 },
      ],
    }),
    400,
    "sentences.1.sentenceId",
  ],
  [
    "one bad sentence of two",
    "sentence.updateMany",
    ({ projectId, sentenceId }) => ({
      projectId,
      sentences: [
        { sentenceId, seed: 1 },
        { sentenceId: NOBODY, seed: 2 },
      ],
    }),
    404,
    "sentences.1.sentenceId",
  ],
  ["nothing to cancel", "image.cancel", () => ({}), 400, "projectId"],
  [
    "two things to cancel",
    "image.cancel",
    ({ projectId }) => ({ projectId, batchId: NOBODY }),
    400,
    "projectId",
  ],
  ["an unknown batch", "image.cancel", () => ({ batchId: NOBODY }), 404, "batchId"],
  ["an unknown job", "image.cancel", () => ({ jobIds: [NOBODY] }), 404, "jobIds.0"],
  [
    "a foreign sentence",
    "image.retryFailed",
    ({ projectId, foreignId }) => ({ projectId, sentenceIds: [foreignId] }),
    404,
    "sentenceIds.0",
  ],
  ["a reason with a NUL", "queue.pause", () => ({ reason: "a\u0000" }), 400, "reason"],
  ["an unknown lane", "queue.pause", () => ({ lane: "http://nowhere:8188" }), 404, "lane"],
  [
    "a style that is a LoRA without a file",
    "style.create",
    () => ({ name: "New", styleType: "lora" }),
    400,
    "loraFile",
  ],
  [
    "a LoRA file with a NUL",
    "style.create",
    () => ({ name: "New", styleType: "lora", loraFile: "a\u0000" }),
    400,
    "loraFile",
  ],
  [
    "a strength of 3",
    "style.create",
    () => ({ name: "New", styleType: "prompt", loraStrength: 3 }),
    400,
    "loraStrength",
  ],
  [
    "a style for an unknown model",
    "style.create",
    () => ({ name: "New", styleType: "prompt", compatibleModels: ["nope"] }),
    400,
    "compatibleModels.0",
  ],
  [
    "a prefix of 20,000 characters",
    "style.update",
    () => ({ styleId: "noir", promptPrefix: "x".repeat(20_000) }),
    400,
    "promptPrefix",
  ],
  [
    "a LoRA style without its file",
    "style.update",
    () => ({ styleId: "watercolor-lora", loraFile: null }),
    400,
    "loraFile",
  ],
  [
    "a kind of character it does not know",
    "character.create",
    () => ({ name: "New", kind: "robot" }),
    400,
    "kind",
  ],
  [
    "a foreign main picture",
    "character.update",
    () => ({ characterId: "mira-solberg", mainImageId: "the-lighthouse-1" }),
    404,
    "mainImageId",
  ],
  [
    "a foreign picture",
    "character.deleteImage",
    () => ({ characterId: "mira-solberg", imageId: "the-lighthouse-1" }),
    404,
    "imageId",
  ],
  [
    "an unknown character",
    "cast.add",
    ({ projectId }) => ({ projectId, characterId: "nope" }),
    404,
    "characterId",
  ],
];

/** Input that is fine, but collides with what is there. */
export const COLLISIONS: BadInput[] = [
  [
    "a style whose id is taken",
    "style.create",
    () => ({ id: "noir", name: "New", styleType: "prompt" }),
    409,
    "id",
  ],
  [
    "a model whose id is taken",
    "model.create",
    () => ({ id: "z-image-turbo", name: "New", workflowType: "text-to-image" }),
    409,
    "id",
  ],
  [
    "a sentence that was changed elsewhere",
    "sentence.update",
    ({ sentenceId }) => ({ sentenceId, text: "Late.", version: 7 }),
    409,
    "version",
  ],
  [
    "one of several that was changed elsewhere",
    "sentence.updateMany",
    ({ projectId, sentenceId }) => ({ projectId, sentences: [{ sentenceId, text: "Late.", version: 7 }] }),
    409,
    "sentences.0.version",
  ],
  ["a style in use to be deleted", "style.delete", () => ({ styleId: "documentary" }), 409, "styleId"],
  ["a model in use to be deleted", "model.delete", () => ({ modelId: "z-image-turbo" }), 409, "modelId"],
];
