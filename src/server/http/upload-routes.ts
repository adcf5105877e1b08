import type { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { characterInput, characterSchema } from "@/lib/schemas/character";
import { ownPictureInput, ownPictureOutput, ownPictureQuery } from "@/lib/schemas/own-picture";
import { addCharacterImage } from "@/server/services/character/characters";
import type { ServiceContext } from "@/server/services/context";
import { addOwnPicture } from "@/server/services/image/own-pictures";
import { together } from "./read-body";

/** An address that takes a file as its body, and answers JSON. */
export interface UploadRoute {
  method: "POST";
  path: string;
  summary: string;
  status: number;
  body: "bytes";
  /** Most bytes of the file. */
  limit: number;
  /** Whether all of it is held in memory; else it goes to the disk as it comes. */
  isHeld: boolean;
  /** What the address takes behind its `?`. */
  query: z.ZodObject | null;
  output: z.ZodType;
  /** Gets the path's values and the query in one object, unchecked, and the file piece by piece. */
  upload: (
    ctx: ServiceContext,
    input: Record<string, unknown>,
    pieces: AsyncIterable<Buffer>,
  ) => Promise<unknown>;
}

export const UPLOAD_ROUTES: UploadRoute[] = [
  {
    method: "POST",
    path: "/api/v1/characters/:characterId/images",
    summary: "Add a reference picture (PNG, JPEG or WebP) to a character",
    status: 201,
    body: "bytes",
    limit: LIMITS.referenceBytes,
    isHeld: true,
    query: null,
    output: characterSchema,
    upload: async (ctx, input, pieces) =>
      addCharacterImage(ctx, { ...characterInput.parse(input), bytes: await together(pieces) }),
  },
  {
    method: "POST",
    path: "/api/v1/sentences/:sentenceId/picture",
    summary:
      "Make a picture of your own (PNG, JPEG, WebP or TIFF) the one that a shot shows, and lock the shot",
    status: 201,
    body: "bytes",
    limit: LIMITS.ownPictureBytes,
    isHeld: false,
    query: ownPictureQuery,
    output: ownPictureOutput,
    upload: (ctx, input, pieces) => addOwnPicture(ctx, ownPictureInput.parse(input), pieces),
  },
];
