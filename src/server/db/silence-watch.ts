import { Socket } from "node:net";

/** Looks in the time that silence may last. */
const LOOKS = 30;

interface Watched {
  /** Bytes that had come, and those that had been sent when the last of them came. */
  read: number;
  written: number;
  /** Looks since something came. */
  quiet: number;
  /** Looks since something was sent that nothing came after. */
  unanswered: number;
}

/**
 * Gives up connections that have died without a word (a router that forgot them, a host that is gone): one on which
 * something was sent and nothing came back for too long is destroyed, and with it all the others that were silent as
 * long, or one that only listens would stay deaf. Time in which this process stood still does not count.
 */
export class SilenceWatch {
  readonly #sockets = new Map<Socket, Watched>();
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | null = null;

  /** @param limitMs how long an answer may take */
  constructor(limitMs: number) {
    this.#everyMs = limitMs / LOOKS;
  }

  /** A connection that is watched, to be opened by the caller. */
  open(): Socket {
    const socket = new Socket();
    const seen: Watched = { read: 0, written: 0, quiet: 0, unanswered: 0 };
    this.#sockets.set(socket, seen);
    socket.on("data", () => (seen.written = socket.bytesWritten));
    this.#timer ??= setInterval(() => this.#look(), this.#everyMs).unref();
    return socket;
  }

  #look(): void {
    let isDead = false;
    for (const [socket, seen] of this.#sockets) {
      if (socket.destroyed) {
        this.#sockets.delete(socket);
        continue;
      }
      const hasHeard = socket.bytesRead !== seen.read;
      seen.read = socket.bytesRead;
      // Under TLS it tells nothing of each piece by itself.
      if (hasHeard && socket.listenerCount("data") === 0) seen.written = socket.bytesWritten;
      seen.quiet = hasHeard ? 0 : seen.quiet + 1;
      const isWaiting = socket.bytesWritten !== seen.written;
      seen.unanswered = isWaiting && !hasHeard ? seen.unanswered + 1 : 0;
      isDead ||= seen.unanswered > LOOKS;
    }
    if (this.#sockets.size === 0 && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
    if (!isDead) return;
    for (const [socket, { quiet }] of this.#sockets) if (quiet >= LOOKS) socket.destroy();
  }
}
