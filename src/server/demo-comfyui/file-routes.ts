import sharp from "sharp";
import { bare, internalError, json, type Answer, type DemoRequest } from "./http";
import { notFound } from "./prompt-routes";
import type { Studio } from "./studio";

/** `GET /view?filename&subfolder&type[&preview=webp;80]`. */
export async function getView(studio: Studio, { query }: DemoRequest): Promise<Answer> {
  const filename = query.get("filename") ?? "";
  const subfolder = query.get("subfolder") ?? "";
  const type = query.get("type") ?? "output";
  if (!filename) return notFound;
  if (filename.startsWith("/") || filename.includes("..") || subfolder.includes(".."))
    return bare(400, "Bad Request");
  const bytes =
    type === "input"
      ? uploaded(studio, subfolder, filename)
      : await studio.saved.read({ filename, subfolder, type });
  if (!bytes) return notFound;
  const disposition = { "content-disposition": `filename="${encodeURIComponent(filename)}"` };
  const [format, quality] = (query.get("preview") ?? "").split(";");
  if (format !== "webp" && format !== "jpeg")
    return { status: 200, body: bytes, type: "image/png", headers: disposition };
  const body = await sharp(bytes)
    .toFormat(format, { quality: Number(quality) || 90 })
    .toBuffer()
    .catch(() => null);
  return body ? { status: 200, body, type: `image/${format}`, headers: disposition } : internalError;
}

function uploaded(studio: Studio, subfolder: string, filename: string): Buffer | null {
  const name = subfolder ? `${subfolder}/${filename}` : filename;
  return studio.uploads.has(name) ? studio.uploads.load(name).bytes : null;
}

/** `POST /upload/image`: multipart with `image`, `subfolder`, `overwrite`. */
export async function postUpload(studio: Studio, request: DemoRequest): Promise<Answer> {
  const type = request.headers["content-type"] ?? "";
  const form = await new Response(new Blob([new Uint8Array(request.body)]), {
    headers: { "content-type": type },
  })
    .formData()
    .catch(() => null);
  if (!form) return internalError;
  const image = form.get("image");
  if (!(image instanceof File) || !image.name) return bare(400, "Bad Request");
  const subfolder = String(form.get("subfolder") ?? "")
    .replaceAll("\\", "/")
    .replace(/^\.?\/*|\/+$/g, "");
  const leaves = (path: string) => path.split("/").includes("..");
  if (/[/\\]/.test(image.name) || leaves(image.name) || leaves(subfolder)) return bare(400, "Bad Request");
  const overwrite = ["true", "1"].includes(String(form.get("overwrite") ?? ""));
  const bytes = Buffer.from(await image.arrayBuffer());
  const name = await studio.uploads.store({ name: image.name, subfolder, bytes }, overwrite);
  return json({ name, subfolder, type: String(form.get("type") ?? "input") });
}
