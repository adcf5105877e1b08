import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Options, type Sql } from "postgres";
import { isDatabaseAway } from "@/lib/database-away";
import * as schema from "./schema";
import { SilenceWatch } from "./silence-watch";

/** How long what is under way on a pool that lost a connection may still take, in seconds. */
const DRAIN = 5;
/** Wait before listening is tried again, in ms. */
const LISTEN_AGAIN = 500;

interface Listener {
  channel: string;
  onPayload: (payload: string) => void;
  onMissed: () => void;
}

/**
 * Connections to a PostgreSQL that may go away. postgres.js takes a connection that was lost into use again with what
 * it had not finished (porsager/postgres#1154, #1208, #1216: a write without a socket ends the process, a dead
 * transaction's statements enter another one, a connection never opens again). So a pool that has lost a connection
 * is used no more: the next query opens a new one.
 */
export class PostgresPool {
  readonly #url: string;
  readonly #options: Options<Record<string, never>>;
  readonly #watch: SilenceWatch;
  readonly #silenceMs: number;
  readonly #listeners = new Set<Listener>();
  #client: Sql;
  #db: ReturnType<typeof drizzle<typeof schema>>;
  /** The next of several hosts that is tried. */
  #turn = 0;
  #listening: Promise<void> | null = null;
  #isClosed = false;

  /** @param silenceMs how long an answer may take before its connection counts as dead */
  constructor(url: string, options: Options<Record<string, never>>, silenceMs: number) {
    this.#url = url;
    this.#options = options;
    this.#silenceMs = silenceMs;
    this.#watch = new SilenceWatch(silenceMs);
    [this.#client, this.#db] = this.#open();
  }

  /** The tables, on whatever pool is in use when something is asked. */
  get db(): ReturnType<typeof drizzle<typeof schema>> {
    return new Proxy(this.#db, { get: (_, name): unknown => Reflect.get(this.#db, name) });
  }

  /**
   * Hears a channel, also after connections were lost; resolves once listening. The answer stops it.
   * @param onMissed called when it is heard again: what was told meanwhile is unknown
   */
  async listen(
    channel: string,
    onPayload: (payload: string) => void,
    onMissed: () => void = () => {},
  ): Promise<() => Promise<void>> {
    const listener: Listener = {
      channel,
      onPayload: (payload) => {
        if (this.#listeners.has(listener)) onPayload(payload);
      },
      onMissed,
    };
    this.#listeners.add(listener);
    const stop = () => void this.#listeners.delete(listener);
    await this.#client.listen(channel, listener.onPayload).catch((error: unknown) => {
      stop();
      throw error;
    });
    return async () => stop();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    await this.#client.end({ timeout: DRAIN });
    await this.#listening;
  }

  #open(): [Sql, ReturnType<typeof drizzle<typeof schema>>] {
    const options = {
      ...this.#options,
      // What a lost connection has locked is free again by then, though the server has not noticed.
      connection: { idle_in_transaction_session_timeout: this.#silenceMs },
      // No connection ends by itself: that one does means that it was lost.
      max_lifetime: null,
      // Asked for when a connection opens, by a query that nobody would catch where it is lost; drizzle needs no answer.
      fetch_types: false,
      socket: (it: { host: string[]; port: number[]; path?: string | false }) =>
        this.#connect(it, () => this.#renew(client)),
    };
    const client: Sql = postgres(this.#url, options);
    guardTransactions(client);
    return [client, drizzle({ client, schema, casing: "snake_case" })];
  }

  #connect(
    { host, port, path }: { host: string[]; port: number[]; path?: string | false },
    onLost: () => void,
  ): Socket {
    const socket = this.#watch.open();
    socket.once("close", onLost);
    if (path) return socket.connect(path);
    // Several hosts take turns, until one lets us in.
    const at = this.#turn % host.length;
    socket.once("error", () => (this.#turn = at + 1));
    return socket.connect(port[at]!, host[at]!);
  }

  #renew(lost: Sql): void {
    if (this.#isClosed || lost !== this.#client) return;
    [this.#client, this.#db] = this.#open();
    void lost.end({ timeout: DRAIN });
    this.#listening ??= this.#listenAgain().finally(() => (this.#listening = null));
  }

  async #listenAgain(): Promise<void> {
    const heard = new Map<Listener, Sql>();
    const missing = () => [...this.#listeners].filter((one) => heard.get(one) !== this.#client);
    while (!this.#isClosed && missing().length > 0) {
      const client = this.#client;
      try {
        for (const one of missing()) {
          await client.listen(one.channel, one.onPayload);
          heard.set(one, client);
          one.onMissed();
        }
      } catch {
        // Whatever it is, every query meets it too and says so.
        await wait(LISTEN_AGAIN);
      }
    }
  }
}

/** A transaction whose connection is lost is rejected for that; its ROLLBACK would be sent to nobody, which throws. */
function guardTransactions(client: Sql): void {
  const begin = client.begin.bind(client) as (work: (tx: object) => Promise<unknown>) => Promise<unknown>;
  const guarded = (work: (tx: object) => Promise<unknown>) =>
    begin(
      (tx) =>
        new Promise((resolve, reject) => {
          work(tx).then(resolve, (error: unknown) => {
            if (!isDatabaseAway(error)) reject(error as Error);
          });
        }),
    );
  Object.assign(client, { begin: guarded });
}
