import { ShotboardError } from "@/lib/errors";

/** How many uploads, and bytes of them in all, are held in memory at once. */
export class UploadRoom {
  readonly #most: number;
  readonly #mostBytes: number;
  #uploads = 0;
  #bytes = 0;

  constructor(most: number, mostBytes: number) {
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /**
   * Does something with an upload, if there is room for it.
   * @param bytes how many it may have
   * @throws ShotboardError where too many others are under way
   */
  async hold<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.#uploads >= this.#most || this.#bytes + bytes > this.#mostBytes)
      throw new ShotboardError(
        "SERVICE_UNAVAILABLE",
        "Too many pictures are being uploaded at this moment.",
        {
          reason: "too_many_uploads",
          remedy: "Send it again when others have ended.",
          retryAfter: 5,
        },
      );
    this.#uploads += 1;
    this.#bytes += bytes;
    try {
      return await work();
    } finally {
      this.#uploads -= 1;
      this.#bytes -= bytes;
    }
  }
}
