import type { Artist } from "./artist";
import { Faults } from "./fault";
import { Milestones } from "./milestones";
import { NodeCache } from "./node-cache";
import { NodeDefinitions, type ModelFolder } from "./node-definitions";
import { withTextChunks } from "./png";
import { PromptQueue, type QueueItem } from "./prompt-queue";
import { AbandonedRun, RunControl, StepGate } from "./run-control";
import { runPrompt } from "./run-prompt";
import { SavedPictures } from "./saved-pictures";
import { SocketTable } from "./socket-table";
import { Uploads } from "./uploads";

/** The answer of `GET /features`. */
export const features = {
  supports_preview_metadata: true,
  max_upload_size: 104_857_600,
  extension: { manager: { supports_v4: true } },
  node_replacements: true,
  assets: false,
};

/** What was received and when it ran; times are milliseconds of the epoch. */
export interface ReceivedPrompt extends QueueItem {
  clientId: string | null;
  at: number;
  startedAt: number | null;
  endedAt: number | null;
}

export interface StudioOptions {
  artist: Artist;
  /** Milliseconds a sampling step takes. */
  stepMs: number;
  files?: Partial<Record<ModelFolder, string[]>>;
  missingClasses?: readonly string[];
  workflows?: Readonly<Record<string, string>>;
  /** Called when a fault lets the server die. */
  crash: () => void;
}

/** All that the server is made of behind its port, and its one worker, which runs one prompt after another. */
export class Studio {
  readonly queue = new PromptQueue();
  readonly sockets = new SocketTable(features);
  readonly uploads = new Uploads();
  readonly cache = new NodeCache();
  readonly gate = new StepGate();
  readonly faults = new Faults();
  readonly milestones = new Milestones();
  readonly definitions: NodeDefinitions;
  readonly saved: SavedPictures;
  readonly workflows: Readonly<Record<string, string>>;
  readonly artist: Artist;
  readonly stepMs: number;
  readonly crash: () => void;
  readonly prompts: ReceivedPrompt[] = [];
  readonly interrupts: string[] = [];
  /** How often it was asked to free memory. */
  frees = 0;
  /** The node that runs now: what a reconnecting client is told. */
  runningNode: string | null = null;
  /** The number of the next prompt. */
  counter = 0;
  #control: RunControl | null = null;

  constructor(options: StudioOptions) {
    this.artist = options.artist;
    this.stepMs = options.stepMs;
    this.crash = options.crash;
    this.workflows = options.workflows ?? {};
    this.definitions = new NodeDefinitions(options.files, options.missingClasses);
    this.saved = new SavedPictures(async (picture, texts) =>
      withTextChunks(await this.artist.png(picture), texts()),
    );
  }

  /** How long a node that is no sampler takes: loading files is what a user waits for at first. */
  loadMs(classType: string): number {
    if (classType === "UNETLoader" || classType === "CheckpointLoaderSimple") return this.stepMs * 4;
    return classType.endsWith("Loader") ? this.stepMs : 0;
  }

  submit(item: QueueItem): void {
    const { client_id: clientId } = item.extraData;
    this.prompts.push({
      ...item,
      clientId: typeof clientId === "string" ? clientId : null,
      at: Date.now(),
      startedAt: null,
      endedAt: null,
    });
    this.queue.put(item);
    this.tellStatus();
    this.milestones.reach("submitted", item.promptId);
    // The worker is a thread of its own in ComfyUI: the answer to the request leaves first.
    setImmediate(() => this.#work());
  }

  /** Interrupts what runs, if it is that prompt; without an id whatever runs. */
  interrupt(promptId?: string): boolean {
    const { running } = this.queue;
    if (!running || !this.#control || (promptId !== undefined && running.promptId !== promptId)) return false;
    this.interrupts.push(running.promptId);
    this.#control.interrupt();
    return true;
  }

  /** Tells all clients how many prompts wait or run. */
  tellStatus(): void {
    this.sockets.send("status", { status: { exec_info: { queue_remaining: this.queue.remaining } } }, null);
  }

  /** As after a restart: queue, history and cache are gone, sockets cut. Files on its disk stay. */
  forget(): void {
    this.#control?.abandon();
    this.#control = null;
    this.queue.forgetAll();
    this.cache.clear();
    this.runningNode = null;
    this.counter = 0;
    this.sockets.cut();
  }

  async #work(): Promise<void> {
    if (this.#control) return;
    const item = this.queue.next();
    if (!item) return;
    const control = new RunControl();
    this.#control = control;
    this.tellStatus();
    const received = this.prompts.findLast((it) => it.promptId === item.promptId && it.startedAt === null);
    if (received) received.startedAt = Date.now();
    this.milestones.reach("started", item.promptId);
    try {
      const entry = await runPrompt(this, item, control);
      this.queue.settle(item, entry);
    } catch (error) {
      if (error instanceof AbandonedRun) return;
      throw error;
    }
    this.#control = null;
    if (received) received.endedAt = Date.now();
    this.tellStatus();
    const clientId = item.extraData["client_id"];
    if (typeof clientId === "string") {
      this.sockets.send("executing", { node: null, prompt_id: item.promptId }, clientId);
    }
    this.milestones.reach("finished", item.promptId);
    setImmediate(() => this.#work());
  }
}
