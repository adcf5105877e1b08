import { idSchema } from "@/lib/schemas/common";

/** How the files of own pictures end, by what is in them. */
export type OriginalEnding = "png" | "jpg" | "webp" | "tif";

/** An id as a part of a path: checked here, whatever was checked before. */
const part = (id: string): string => idSchema.parse(id);

/** Folder of a project's pictures, relative to DATA_DIR, with `/` on every system. */
export const projectFolder = (projectId: string) => `projects/${part(projectId)}`;

/** A take's picture, relative to DATA_DIR. */
export const takeFile = (projectId: string, takeId: string) =>
  `${projectFolder(projectId)}/takes/${part(takeId)}.png`;

/** An own picture as it was given, relative to DATA_DIR. */
export const originalFile = (projectId: string, takeId: string, ending: OriginalEnding) =>
  `${projectFolder(projectId)}/originals/${part(takeId)}.${ending}`;

/** Whether a stored file is an own picture as it was given. */
export const isOriginal = (file: string): boolean => /^projects\/[^/]+\/originals\//.test(file);

/** The picture that a sentence shows, relative to DATA_DIR. */
export const imageFile = (projectId: string, sentenceId: string) =>
  `${projectFolder(projectId)}/images/${part(sentenceId)}.png`;

/** A test's picture, relative to DATA_DIR. */
export const testFile = (jobId: string) => `tests/${part(jobId)}.png`;

/** Folder of a character's reference pictures, relative to DATA_DIR. */
export const characterFolder = (characterId: string) => `characters/${part(characterId)}`;

/** A character's reference picture, relative to DATA_DIR. */
export const referenceFile = (characterId: string, imageId: string) =>
  `${characterFolder(characterId)}/${part(imageId)}.png`;
