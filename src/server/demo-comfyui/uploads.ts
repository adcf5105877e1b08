import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Photo } from "./picture";

/** One uploaded file, in the order of arrival. */
export interface Upload {
  name: string;
  subfolder: string;
  bytes: Buffer;
}

/** ComfyUI's input folder. */
export class Uploads {
  /** All that ever arrived, also what was overwritten since. */
  readonly received: Upload[] = [];
  readonly #photos = new Map<string, Photo>();
  /** One copy of equal bytes, however often they are uploaded: pictures made from them hold on to them. */
  readonly #byHash = new Map<string, Photo>();

  has(name: string): boolean {
    return this.#photos.has(name);
  }

  /** The upload of that name (`subfolder/name`). Throws where there is none. */
  load(name: string): Photo {
    const photo = this.#photos.get(name);
    if (!photo) throw new Error(`Invalid image file: ${name}`);
    return photo;
  }

  hashOf(name: string): string | undefined {
    return this.#photos.get(name)?.hash;
  }

  /**
   * Stores an upload and answers the name it got: where a different file has the name already and may not be
   * overwritten, a number is added. A file that is no picture is kept too: LoadImage refuses it when it runs.
   */
  async store(upload: Upload, overwrite: boolean): Promise<string> {
    const hash = createHash("sha256").update(upload.bytes).digest("hex");
    const path = (name: string) => (upload.subfolder ? `${upload.subfolder}/${name}` : name);
    const [, stem = "", extension = ""] = /^(.*?)(\.[^.]*)?$/s.exec(upload.name) ?? [];
    let name = upload.name;
    for (let i = 1; !overwrite && this.has(path(name)) && this.hashOf(path(name)) !== hash; i += 1) {
      name = `${stem} (${i})${extension}`;
    }
    const photo = this.#byHash.get(hash) ?? (await readPhoto(upload.bytes, hash));
    this.#byHash.set(hash, photo);
    this.#photos.set(path(name), photo);
    this.received.push({ ...upload, name, bytes: photo.bytes });
    return name;
  }
}

async function readPhoto(bytes: Buffer, hash: string): Promise<Photo> {
  const size = await sharp(bytes)
    .metadata()
    .catch(() => ({ width: 0, height: 0 }));
  return { kind: "photo", bytes, hash, width: size.width, height: size.height };
}
