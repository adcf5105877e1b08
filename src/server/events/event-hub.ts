import { randomUUID } from "node:crypto";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { Job } from "@/lib/schemas/job";
import type { Database } from "@/server/db/database";
import { EventLog, type LoggedEvent } from "./event-log";
import { Throttle } from "./throttle";

const CHANNEL = "shotboard_events";
/** Bytes of a NOTIFY payload; PostgreSQL refuses 8,000 and more. */
const PAYLOAD_MAX = 7_900;
/** Logs of projects nobody looks at that are kept for a client that comes back. */
const LOGS_KEPT = 100;

type Message = { from: string; projectId: string | null; event: ProjectEvent };

/** Whether progress is of the state that the sentence shows: not of another job, attempt or state of it. */
const isOfState = (progress: Job, shown: Job | null): boolean =>
  progress.id === shown?.id &&
  progress.status === shown.status &&
  progress.attempt === shown.attempt &&
  progress.isCancelling === shown.isCancelling;

/**
 * Publishes what happened, after it was committed, to everybody who follows a project: in this process at
 * once, and in others of the same PostgreSQL by NOTIFY. Events carry ids and small facts, not pages.
 */
export class EventHub {
  /** Names this process' events: an id of another life is unknown, and its client gets a snapshot. */
  readonly #life = randomUUID();
  readonly #logs = new Map<string, EventLog>();
  readonly #jobs = new Throttle<Job>();
  #seq = 0;
  #database: Database | null = null;
  #unlisten: (() => Promise<void>) | null = null;
  #onTrouble: (error: unknown) => void = () => {};
  #telling: Promise<void> = Promise.resolve();
  #turns: Promise<void> = Promise.resolve();

  /** Begins to hear, and to tell, other processes on the same database. */
  async connect(database: Database, onTrouble: (error: unknown) => void): Promise<void> {
    this.#database = database;
    this.#onTrouble = onTrouble;
    const hear = (payload: string) => {
      const message = JSON.parse(payload) as Message;
      if (message.from !== this.#life) this.#append(message.projectId, message.event);
    };
    this.#unlisten = await database.listen(CHANNEL, hear, () => this.#append(null, { type: "structure" }));
  }

  async close(): Promise<void> {
    this.#jobs.close();
    this.#database = null;
    await this.#telling;
    await this.#unlisten?.();
  }

  /**
   * Lets work that reads what is true now and publishes it have its turn after all earlier such work: what was read
   * earlier never overtakes what was read later.
   */
  async inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turns.then(work);
    this.#turns = turn.catch(() => {});
    await turn;
  }

  /** To all who follow the project; null: to all who follow any. */
  publish(projectId: string | null, event: ProjectEvent): void {
    if (event.type === "sentence")
      this.#jobs.forgetWhere(
        (job) => !job.isProof && job.sentenceId === event.sentence.id && !isOfState(job, event.sentence.job),
      );
    if (event.type === "job" && event.job.endedAt !== null)
      this.#jobs.forgetWhere((job) => job.id === event.job.id);
    this.#append(projectId, event);
    this.#tellOthers(projectId, event);
  }

  /** A job's progress: at once, then at most every 50 ms, the newest wins. */
  publishJob(job: Job): void {
    const { projectId } = job;
    if (projectId === null) return;
    this.#jobs.offer(job.id, job, (newest) => this.publish(projectId, { type: "job", job: newest }));
  }

  /** The log of a project, made on first use. */
  logOf(projectId: string): EventLog {
    let log = this.#logs.get(projectId);
    if (log) this.#logs.delete(projectId);
    else log = new EventLog(this.#seq);
    this.#logs.set(projectId, log);
    for (const [id, old] of this.#logs) {
      if (this.#logs.size <= LOGS_KEPT) break;
      if (!old.isFollowed && old !== log) this.#logs.delete(id);
    }
    return log;
  }

  get seq(): number {
    return this.#seq;
  }

  /** The id that a client sends back to go on after this event. */
  idOf(seq: number): string {
    return `${this.#life}.${seq}`;
  }

  /** The number in an id of this life, or null. */
  seqOf(id: string | null | undefined): number | null {
    const [life, seq] = (id ?? "").split(".");
    if (life !== this.#life || seq === undefined || !/^\d{1,15}$/.test(seq)) return null;
    return Number(seq);
  }

  #append(projectId: string | null, event: ProjectEvent): void {
    const logged: LoggedEvent = { seq: ++this.#seq, event };
    if (projectId !== null) this.logOf(projectId).append(logged);
    else for (const log of this.#logs.values()) log.append(logged);
  }

  #tellOthers(projectId: string | null, event: ProjectEvent): void {
    const database = this.#database;
    if (database?.driver !== "postgres") return;
    const encode = (one: ProjectEvent) =>
      JSON.stringify({ from: this.#life, projectId, event: one } satisfies Message);
    const whole = encode(event);
    const payload = Buffer.byteLength(whole) <= PAYLOAD_MAX ? whole : encode({ type: "structure" });
    // One after the other: over several connections they would overtake each other.
    this.#telling = this.#telling
      .then(() => database.notify(database.db, CHANNEL, payload))
      .catch(this.#onTrouble);
  }
}
