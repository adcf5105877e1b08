import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Which way nothing passes any more: `answers` lets through what the near side sends. */
export type Silence = "all" | "answers";

export interface Wire extends AsyncDisposable {
  /** What stands in for the server's address. */
  url: string;
  /** How many connections were ever opened through it. */
  readonly connections: number;
  /** Cuts all connections. */
  cut(): void;
  /**
   * A black hole: from now on nothing passes and nothing is closed; new connections are taken and hear nothing.
   */
  silence(how?: Silence): void;
  /** The same from the moment on at which these words are sent; resolves then. */
  silenceAt(words: string, how?: Silence): Promise<void>;
  /** New connections pass again; those of before stay dead, as after a router has forgotten them. */
  heal(): void;
}

/** A wire to the server that can be cut, or swallow everything. */
export async function startWire(url: string): Promise<Wire> {
  const open = new Set<Socket>();
  let connections = 0;
  let silence: Silence | null = null;
  let trap: { words: string; how: Silence; sprung: () => void } | null = null;
  let ages = 0;

  const fall = (how: Silence) => {
    silence = how;
    ages += 1;
    for (const socket of open) if (how === "all" || isFar.has(socket)) socket.pause();
  };
  const isFar = new WeakSet<Socket>();

  const server = createServer((near) => {
    connections += 1;
    const age = ages;
    open.add(near);
    near.on("error", () => {}).on("close", () => open.delete(near));
    if (silence !== null) return void near.pause();
    const far = connect(Number(new URL(url).port), "127.0.0.1");
    isFar.add(far);
    open.add(far);
    far.on("error", () => {});
    const pass = (one: Socket, other: Socket) => {
      const isDead = () => age !== ages && (silence === null || silence === "all" || one === far);
      one.on("data", (chunk: Buffer) => {
        if (isDead()) return;
        if (one === near && trap && chunk.includes(trap.words)) {
          const { how, sprung } = trap;
          trap = null;
          fall(how);
          sprung();
          if (how === "all") return;
        }
        other.write(chunk);
      });
      one.on("close", () => {
        open.delete(one);
        // In a black hole nobody hears that the other side has gone.
        if (age === ages) other.destroy();
      });
    };
    pass(near, far);
    pass(far, near);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    cut,
    silence: (how = "all") => fall(how),
    silenceAt: (words, how = "all") =>
      new Promise((resolve) => {
        trap = { words, how, sprung: resolve };
      }),
    heal: () => {
      silence = null;
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
