/** Limits of the contract, in one place: schemas, forms and upload handlers read them from here. */
export const LIMITS = {
  /** Characters in a name. */
  name: 200,
  /** Characters in a sentence's text, an image prompt, a prefix or a description. */
  text: 10_000,
  /** Bytes (UTF-8) of a whole script. */
  scriptBytes: 2 * 1024 * 1024,
  /** Characters of a table of prompts. */
  promptTable: 16_000_000,
  sentencesPerProject: 10_000,
  sectionsPerProject: 1_000,
  /** Milliseconds from the start of a video: four days. */
  timeMs: 4 * 24 * 3_600_000,
  sentenceIds: 10_000,
  updateMany: 3_000,
  seedMax: Number.MAX_SAFE_INTEGER,
  stepsMax: 150,
  cfgMax: 100,
  priorityMax: 100,
  takesMax: 8,
  /** Rows and columns of a contact sheet. */
  sheetSentences: 12,
  sheetStyles: 8,
  loraStrengthMax: 2,
  /** Pixels along one side of a picture that is asked for; a multiple of 16. */
  sideMin: 64,
  sideMax: 4096,
  /** Bytes of an uploaded reference picture. */
  referenceBytes: 200 * 1024 * 1024,
  /** Pixels of an uploaded reference picture. */
  referencePixels: 50_000_000,
  /** Bytes and pixels of an uploaded own picture of a shot. */
  ownPictureBytes: 500 * 1024 * 1024,
  ownPicturePixels: 120_000_000,
  /** Characters of a note whom a picture is from. */
  credit: 500,
  /** Reference pictures of one character. */
  referencesPerCharacter: 200,
  /** Bytes of a workflow file. */
  workflowBytes: 10 * 1024 * 1024,
  /** Bytes of one tRPC call, over HTTP or WebSocket: `updateMany` sentences with two longest texts each fit. */
  callBytes: 64 * 1024 * 1024,
  /** Bytes of any other request body. */
  bodyBytes: 12 * 1024 * 1024,
  pageSize: 200,
} as const;
