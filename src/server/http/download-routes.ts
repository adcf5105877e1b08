import type { z } from "zod";
import { downloadBody, downloadGetInput, downloadInput, downloadQuery } from "@/lib/schemas/download";
import type { ServiceContext } from "@/server/services/context";
import { type Download, openDownload, openPreparedDownload } from "@/server/services/download/open-download";

/** An address that answers a ZIP, sent while it is read. */
export interface ZipRoute {
  method: "GET" | "POST";
  path: string;
  summary: string;
  status: number;
  body: z.ZodType | null;
  /** What the address takes behind its `?`. */
  query: z.ZodObject | null;
  /** Gets the path's values, the query and the body in one object, unchecked but for the latter two. */
  zip: (ctx: ServiceContext, input: Record<string, unknown>) => Promise<Download>;
}

export const DOWNLOAD_ROUTES: ZipRoute[] = [
  {
    method: "POST",
    path: "/api/v1/projects/:projectId/download",
    summary: "Pictures as a ZIP named for an editor's bin, with shots.csv: chosen shots, a section or all",
    status: 200,
    body: downloadBody,
    query: null,
    zip: (ctx, input) => openDownload(ctx, downloadInput.parse(input)),
  },
  {
    method: "GET",
    path: "/api/v1/projects/:projectId/download",
    summary: "Pictures as a ZIP, of a section or of the whole project",
    status: 200,
    body: null,
    query: downloadQuery,
    zip: (ctx, input) => openDownload(ctx, downloadInput.parse(input)),
  },
  {
    method: "GET",
    path: "/api/v1/downloads/:downloadId",
    summary: "The ZIP that download.prepare gave an address, for ten minutes",
    status: 200,
    body: null,
    query: null,
    zip: (ctx, input) => openPreparedDownload(ctx, downloadGetInput.parse(input)),
  },
];
