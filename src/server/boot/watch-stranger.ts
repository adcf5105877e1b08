import type { Duplex } from "node:stream";
import type { DoorLimits } from "./door-limits";

/** Watches a WebSocket's connection until its token was seen. */
export interface Stranger {
  /** The token was seen: from now on it may do what everybody may. */
  isKnown: () => void;
  /** How to end it in order where it lets the time go by. */
  onLate(end: () => void): void;
}

/**
 * Ends a connection that sends much, or takes long, before it showed the token: a message of it would be kept in
 * memory up to the limit that others have.
 * @param sent bytes that came with the upgrade
 * @param onEnd called when it is none any more: known, or gone
 */
export function watchStranger(socket: Duplex, sent: number, limits: DoorLimits, onEnd: () => void): Stranger {
  let bytes = sent;
  let end = (): void => {
    socket.destroy();
  };
  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.strangerBytes) socket.destroy();
  };
  const timer = setTimeout(() => end(), limits.strangerMs).unref();
  const isKnown = () => {
    clearTimeout(timer);
    socket.off("data", onData);
    onEnd();
  };
  socket.on("data", onData);
  socket.once("close", isKnown);
  return {
    isKnown,
    onLate: (wanted) => {
      end = wanted;
    },
  };
}
