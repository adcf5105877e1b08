import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import { pipeline } from "node:stream/promises";
import { badRequest, notFound, ShotboardError } from "@/lib/errors";
import { idSchema } from "@/lib/schemas/common";
import { NoLongerWantedError } from "@/server/image-store/thumbnail-queue";
import { THUMBNAIL_WIDTHS } from "@/server/image-store/thumbnails";
import { getCharacterImageFile } from "@/server/services/character/characters";
import type { ServiceContext } from "@/server/services/context";
import { getPreview, getTestFile } from "@/server/services/image/jobs";
import { getOriginalFile, getSentenceImage, getTakeFile } from "@/server/services/image/picture-files";
import { matchPath } from "./route-table";

const FOREVER = "private, max-age=31536000, immutable";
const ASK_AGAIN = "private, no-cache";

const TYPES: Record<string, string> = {
  ".webp": "image/webp",
  ".jpg": "image/jpeg",
  ".tif": "image/tiff",
};

interface Media {
  /** Relative to DATA_DIR. */
  file: string;
  /** Whether this address will never show another picture. */
  isImmutable: boolean;
}

type Values = Record<string, string>;

const ROUTES: [
  pattern: string,
  find: (ctx: ServiceContext, values: Values, query: URLSearchParams) => Promise<Media>,
][] = [
  [
    "/media/projects/:projectId/images/:sentenceId",
    async (ctx, values, query) => {
      const { takeId, file } = await getSentenceImage(ctx, ids(values, "sentenceId"));
      // While another take is being chosen, an address of before must not keep the new picture for ever.
      return { file, isImmutable: query.get("v") === takeId };
    },
  ],
  [
    "/media/projects/:projectId/takes/:takeId",
    async (ctx, values) => ({ file: await getTakeFile(ctx, ids(values, "takeId")), isImmutable: true }),
  ],
  [
    "/media/projects/:projectId/originals/:takeId",
    async (ctx, { projectId, takeId }) => ({
      file: await getOriginalFile(ctx, {
        projectId: id(projectId, "projectId"),
        takeId: id(takeId, "takeId"),
      }),
      isImmutable: true,
    }),
  ],
  [
    "/media/jobs/:jobId/result.png",
    async (ctx, values) => ({
      file: await getTestFile(ctx, { jobId: id(values.jobId, "jobId") }),
      isImmutable: true,
    }),
  ],
  [
    "/media/characters/:characterId/:imageId",
    async (ctx, values) => ({
      file: await getCharacterImageFile(ctx, {
        characterId: id(values.characterId, "characterId"),
        imageId: id(values.imageId, "imageId"),
      }),
      isImmutable: true,
    }),
  ],
];

const PREVIEW = "/media/jobs/:jobId/preview";

/** The addresses of pictures, as patterns. */
export const MEDIA_PATHS: readonly string[] = [...ROUTES.map(([pattern]) => pattern), PREVIEW];

/** Answers a request for a picture. */
export async function handleMedia(
  ctx: ServiceContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD")
    throw new ShotboardError("METHOD_NOT_SUPPORTED", "Pictures can only be read here.", {
      reason: "method_not_possible",
    });
  const preview = matchPath(PREVIEW, url.pathname);
  if (preview) return sendPreview(ctx, response, id(preview.jobId, "jobId"));
  for (const [pattern, find] of ROUTES) {
    const values = matchPath(pattern, url.pathname);
    if (!values) continue;
    const media = await find(ctx, values, url.searchParams);
    return sendPicture(ctx, request, response, media, widthOf(url));
  }
  throw new ShotboardError("NOT_FOUND", "There is no picture at this address.", {
    reason: "no_such_address",
  });
}

function id(text: string | undefined, field: string): string {
  const parsed = idSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw badRequest("bad_id", parsed.error.issues[0]!.message, field, "Use an id as the API gives it.");
}

/** The ids of a project's picture: its file name ends in `.png`. */
function ids<K extends string>(values: Values, name: K): { projectId: string } & Record<K, string> {
  const file = values[name] ?? "";
  if (!file.endsWith(".png"))
    throw new ShotboardError("NOT_FOUND", "Pictures end in .png.", {
      reason: "no_such_address",
      field: name,
    });
  return { projectId: id(values.projectId, "projectId"), [name]: id(file.slice(0, -4), name) } as {
    projectId: string;
  } & Record<K, string>;
}

function widthOf(url: URL): (typeof THUMBNAIL_WIDTHS)[number] | null {
  const asked = url.searchParams.get("w");
  if (asked === null) return null;
  const width = THUMBNAIL_WIDTHS.find((one) => String(one) === asked);
  if (width === undefined)
    throw badRequest(
      "bad_width",
      `w is one of ${THUMBNAIL_WIDTHS.join(", ")}; got "${asked.slice(0, 20)}".`,
      "w",
    );
  return width;
}

async function sendPicture(
  ctx: ServiceContext,
  request: IncomingMessage,
  response: ServerResponse,
  { file, isImmutable }: Media,
  width: (typeof THUMBNAIL_WIDTHS)[number] | null,
): Promise<void> {
  if (!(await ctx.images.exists(file))) throw notFound("picture file", file.split("/").at(-1)!, "file");
  const path = await pathOf(ctx, file, width, () => !response.destroyed);
  if (path === null) return;
  const { size, mtimeMs } = await stat(path);
  const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  const headers = {
    "cache-control": isImmutable ? FOREVER : ASK_AGAIN,
    etag,
    "content-type": TYPES[extname(path)] ?? "image/png",
  };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, "content-length": size });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  await pipeline(createReadStream(path), response).catch((error: NodeJS.ErrnoException) => {
    // The browser went on to something else.
    if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}

/** Where a picture lies, or its thumbnail; null where the browser went on to something else before that was made. */
async function pathOf(
  ctx: ServiceContext,
  file: string,
  width: (typeof THUMBNAIL_WIDTHS)[number] | null,
  isWanted: () => boolean,
): Promise<string | null> {
  if (width === null) return ctx.images.pathOf(file);
  try {
    return await ctx.images.thumbnail(file, width, isWanted);
  } catch (error) {
    if (error instanceof NoLongerWantedError) return null;
    throw error;
  }
}

function sendPreview(ctx: ServiceContext, response: ServerResponse, jobId: string): void {
  const preview = getPreview(ctx, { jobId });
  const type = preview && pictureType(preview.bytes);
  // What a ComfyUI calls a picture is not sent on before it looks like one.
  if (!preview || !type)
    throw new ShotboardError("NOT_FOUND", "There is no preview of this job now.", {
      reason: "no_preview",
      field: "jobId",
    });
  response.writeHead(200, {
    "content-type": type,
    "content-length": preview.bytes.length,
    "cache-control": "no-store",
  });
  response.end(response.req.method === "HEAD" ? undefined : preview.bytes);
}

/** The type of a picture by its first bytes; null for what is none. */
function pictureType(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  return /^RIFF....WEBP/s.test(head) ? "image/webp" : null;
}
