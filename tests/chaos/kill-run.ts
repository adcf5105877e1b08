import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createShotboardClient, type ShotboardClient } from "@/lib/client";
import { freePort } from "../support/raw-http";
import { spawnServer, type StartingServer } from "../support/server-process";
import { inspectBoard, queueShots, type Damage } from "./board";
import type { Disturbance } from "./disturb";
import { between, type Random } from "./random";
import type { Renderer } from "./renderer";

/** How long nothing may happen at all before the run is given up, in ms. */
const PATIENCE = 180_000;
/** A lane that needs longer to be free is named, in ms. */
const SLOW = 10_000;
/** One kill in so many comes while the server starts. */
const IN_START = 5;

export interface KillRun {
  /** Names it in what is printed. */
  name: string;
  random: Random;
  /** Of the database; null for PGlite. */
  databaseUrl: string | null;
  renderer: Renderer;
  shots: number;
  kills: number;
  /** Begins whatever else dies meanwhile, once the pictures are queued. */
  disturb?: () => Disturbance;
}

export interface KillFigures {
  kills: number;
  /** Kills before the server was ready. */
  inStart: number;
  /** How often something else died. */
  disturbances: number;
  damage: Damage;
  /** Files that belong to nothing. */
  strays: number;
  /** Prompts beyond one for each picture. */
  again: number;
  /** The most prompts of ours that ComfyUI ever had at once. */
  maxPending: number;
  /** ms from a kill to the next prompt that came, where no other kill came between. */
  free: number[];
  /** Messages that were logged as errors, with how often. */
  errors: Map<string, number>;
  /** How often a server ended by itself, as where its database was away when it started. */
  ownEnds: number;
  seconds: number;
}

/** Kills the server again and again while pictures are made, lets the rest be made, and looks at what there is. */
export async function runKills(run: KillRun): Promise<KillFigures> {
  const began = performance.now();
  const { random, renderer, shots } = run;
  const dataDir = await mkdtemp(join(tmpdir(), "shotboard-chaos-"));
  const lives = new Lives(dataDir, run, await freePort());
  let disturbance: Disturbance | null = null;
  try {
    const client = createShotboardClient({ url: lives.url });
    await lives.start();
    const projectId = await queueShots(client, shots);
    disturbance = run.disturb?.() ?? null;
    const killedAt: number[] = [];
    let inStart = 0;
    while (killedAt.length < run.kills) {
      if (between(random, 1, IN_START) === 1) {
        await Promise.race([wait(between(random, 0, 3_000)), lives.exited]);
        if (await lives.hasEnded()) {
          await lives.startSoon();
          continue;
        }
        if (!lives.isReady) inStart += 1;
      } else {
        const left = shots - renderer.posted.length;
        const toCome = run.kills - killedAt.length;
        // On average so that pictures and kills end together; one at least is left for each kill to come.
        const most = Math.min(Math.round((left / toCome) * 2) - 1, left - toCome);
        const target = renderer.posted.length + between(random, 1, Math.max(1, most));
        if (!(await lives.until(renderer.reached(target), client))) break;
        await wait(between(random, 0, 300));
      }
      killedAt.push(await lives.kill());
      lives.spawn();
      if (killedAt.length % 20 === 0)
        note(run, `${killedAt.length} kills, ${renderer.posted.length} prompts of ${shots}`);
    }
    await lives.until(new Promise(() => {}), client);
    await disturbance?.stop();
    await lives.until(new Promise(() => {}), client);
    const { damage, strays } = await inspectBoard(client, dataDir, projectId);
    await client.close();
    const free = killedAt.flatMap((at, index) => {
      const next = renderer.posted.find((one) => one.at > at)?.at;
      if (next === undefined || next > (killedAt[index + 1] ?? Infinity)) return [];
      if (next - at > SLOW) note(run, `the lane was free ${next - at} ms after kill ${index + 1}`);
      return [next - at];
    });
    return {
      kills: killedAt.length,
      inStart,
      disturbances: disturbance?.count ?? 0,
      damage,
      strays,
      again: renderer.posted.length - shots,
      maxPending: renderer.maxPending,
      free,
      errors: lives.errors,
      ownEnds: lives.ownEnds,
      seconds: Math.round((performance.now() - began) / 1000),
    };
  } finally {
    await disturbance?.stop();
    await lives.kill();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

const note = (run: Pick<KillRun, "name">, text: string) => process.stderr.write(`${run.name}: ${text}\n`);

/** A server that is started again whenever it has died, on the same port and data folder. */
class Lives {
  readonly url: string;
  readonly errors = new Map<string, number>();
  ownEnds = 0;
  isReady = false;
  readonly #env: Record<string, string>;
  readonly #run: KillRun;
  #server: StartingServer | null = null;
  #isKilled = false;

  constructor(dataDir: string, run: KillRun, port: number) {
    this.url = `http://127.0.0.1:${port}`;
    this.#run = run;
    this.#env = {
      PORT: String(port),
      DATA_DIR: dataDir,
      COMFYUI_URL: run.renderer.url,
      ...(run.databaseUrl !== null && { DATABASE_URL: run.databaseUrl }),
    };
  }

  spawn(): void {
    this.isReady = false;
    this.#isKilled = false;
    const server = spawnServer(this.#env);
    this.#server = server;
    server.ready.then(
      () => {
        if (this.#server === server) this.isReady = true;
      },
      () => {},
    );
  }

  /** Starts it and waits until it serves. */
  async start(): Promise<void> {
    this.spawn();
    await this.#server!.ready;
  }

  get exited(): Promise<number | null> {
    return this.#server!.exited;
  }

  async hasEnded(): Promise<boolean> {
    return Promise.race([this.exited.then(() => true), wait(0, false)]);
  }

  /** As whoever keeps a server running does: again, a moment after it has ended by itself. */
  async startSoon(): Promise<void> {
    this.ownEnds += 1;
    this.#collect();
    await wait(200);
    this.spawn();
  }

  /** @returns when it was killed, in ms since 1970 */
  async kill(): Promise<number> {
    const at = Date.now();
    const server = this.#server;
    if (!server || this.#isKilled) return at;
    this.#isKilled = true;
    await server.end("SIGKILL");
    this.#collect();
    return at;
  }

  /**
   * Waits for something while keeping the server running.
   * @returns false where all pictures were settled before
   * @throws where neither comes, and nothing moves any more
   */
  async until(something: Promise<void>, client: ShotboardClient): Promise<boolean> {
    const came = something.then(() => true);
    let moved = performance.now();
    let before = "";
    for (;;) {
      if (await Promise.race([came, wait(1_000, false)])) return true;
      if (await this.hasEnded()) await this.startSoon();
      const status = await client.queue.status.query().catch(() => null);
      if (status && status.queued + status.running === 0) return false;
      const now = `${status?.queued} ${this.#run.renderer.posted.length}`;
      if (now !== before) moved = performance.now();
      before = now;
      if (performance.now() - moved > PATIENCE)
        throw new Error(
          `Nothing moves any more:\n${JSON.stringify(status)}\n${this.#server!.output.slice(-20).join("\n")}`,
        );
    }
  }

  #collect(): void {
    for (const line of this.#server!.output) {
      const message = /"level":"error".*"message":"([^"]*)"/.exec(line)?.[1];
      const other = /^(?!\s*$)(?!.*(is ready:|Pictures come from|next\.config|"level":)).+/.exec(line)?.[0];
      const what = message ?? (other && `printed: ${other.slice(0, 120)}`);
      if (what) this.errors.set(what, (this.errors.get(what) ?? 0) + 1);
    }
  }
}
