import { setTimeout as delay } from "node:timers/promises";
import { cancelPrompt } from "./cancel";
import { isAway } from "./comfy-error";
import type { ComfyHttp } from "./http";
import type { Logger } from "./log";
import type { Timings } from "./timings";

/** How many cancelled prompts are remembered. */
const REMEMBERED = 1_000;
/** How often a cancel is repeated each time that the server is back; kept connections of before may still be dead. */
const TRIES = 5;

/** What was asked of a server to be cancelled, and what of it the server did not hear. */
export class Cancels {
  /** Gone from the queue, these are interrupted, not lost. */
  readonly asked = new Set<string>();
  readonly #unheard = new Set<string>();
  readonly #http: ComfyHttp;
  readonly #timings: Timings;
  readonly #log: Logger;

  constructor(http: ComfyHttp, timings: Timings, log: Logger) {
    this.#http = http;
    this.#timings = timings;
    this.#log = log;
  }

  /** Cancels one prompt; throws where the server does not hear it, and then keeps it for `repeat`. */
  async cancel(promptId: string, signal?: AbortSignal): Promise<void> {
    this.asked.add(promptId);
    for (const oldest of [...this.asked].slice(0, -REMEMBERED)) this.asked.delete(oldest);
    try {
      await cancelPrompt(this.#http, this.#timings, promptId, signal);
      this.#unheard.delete(promptId);
    } catch (error) {
      if (isAway(error)) this.#unheard.add(promptId);
      throw error;
    }
  }

  /** Cancels again what the server did not hear: it would paint for nobody. */
  async repeat(): Promise<void> {
    for (const promptId of this.#unheard)
      for (let tries = 0; tries < TRIES && this.#unheard.has(promptId); tries += 1) {
        if (tries > 0) await delay(this.#timings.pollSilentMs);
        await this.cancel(promptId).catch((error: unknown) =>
          this.#log.warn("A cancelled prompt could not be stopped.", { promptId, error }),
        );
      }
  }
}
