import type { SavedImage } from "./node-cache";
import type { Picture } from "./picture";

/** What is wrong with a saved file, by a fault. */
export type FileFault = "broken_picture" | "not_a_picture" | "empty_picture" | "picture_gone";

/** Text chunks of a file, made when its bytes are: they repeat the whole graph. */
export type Texts = () => Readonly<Record<string, string>>;

interface SavedFile {
  picture: Picture;
  texts: Texts;
  fault?: FileFault;
}

/** Bytes of pictures kept in memory; older ones are painted again when they are asked for. */
const keptBytes = 24 * 1024 * 1024;

/**
 * ComfyUI's output folder. Files are kept as what they show and turned into bytes when they are read, so that
 * thousands of pictures take no room on disk and little in memory.
 */
export class SavedPictures {
  readonly #files = new Map<string, SavedFile>();
  readonly #counters = new Map<string, number>();
  readonly #bytes = new Map<string, Promise<Buffer>>();
  #size = 0;

  /** @param draw makes the PNG of a picture */
  constructor(readonly draw: (picture: Picture, texts: Texts) => Promise<Buffer>) {}

  /**
   * Saves a picture under the next number of its prefix (`folder/name` → `folder`, `name_00001_.png`).
   * Throws for a prefix that leaves the folder.
   */
  async save(
    prefix: string,
    type: SavedImage["type"],
    picture: Picture,
    texts: Texts,
    fault?: FileFault,
  ): Promise<SavedImage> {
    const parts = prefix
      .replaceAll("%width%", String(picture.width))
      .replaceAll("%height%", String(picture.height))
      .split(/[/\\]+/);
    if (parts.includes("..") || parts[0] === "") {
      throw new Error("**** ERROR: Saving image outside the output folder is not allowed.");
    }
    const stem = parts.pop() ?? "";
    const subfolder = parts.join("/");
    const counterKey = `${type}/${subfolder}/${stem}`;
    const number = (this.#counters.get(counterKey) ?? 0) + 1;
    this.#counters.set(counterKey, number);
    const image: SavedImage = {
      filename: `${stem}_${String(number).padStart(5, "0")}_.png`,
      subfolder,
      type,
    };
    this.#files.set(keyOf(image), { picture, texts, fault });
    // Painted now, as a real one writes it now; asked for soon, so it is kept a while.
    await this.#read(keyOf(image));
    return image;
  }

  /** The bytes of a saved file, or null where there is none (any more). */
  async read(image: { filename: string; subfolder: string; type: string }): Promise<Buffer | null> {
    const file = this.#files.get(keyOf(image));
    if (!file || file.fault === "picture_gone") return null;
    if (file.fault === "empty_picture") return Buffer.alloc(0);
    if (file.fault === "not_a_picture") return Buffer.from("this is not a picture\n");
    const bytes = await this.#read(keyOf(image));
    return file.fault === "broken_picture" ? withHalfItsPixels(bytes) : bytes;
  }

  async #read(key: string): Promise<Buffer> {
    const file = this.#files.get(key);
    if (!file) throw new Error(`No such file: ${key}`);
    const known = this.#bytes.get(key);
    if (known) return known;
    const drawing = this.draw(file.picture, file.texts);
    this.#bytes.set(key, drawing);
    const bytes = await drawing;
    this.#size += bytes.length;
    for (const [oldest, old] of this.#bytes) {
      if (this.#size <= keptBytes || oldest === key) break;
      this.#bytes.delete(oldest);
      this.#size -= (await old).length;
    }
    return bytes;
  }
}

function keyOf(image: { filename: string; subfolder: string; type: string }): string {
  return `${image.type}/${image.subfolder}/${image.filename}`;
}

/** As after a copy that broke off: the head is whole, half of the pixels are there. */
function withHalfItsPixels(png: Buffer): Buffer {
  const pixels = png.indexOf("IDAT");
  return png.subarray(0, pixels + Math.floor((png.length - pixels) / 2));
}
