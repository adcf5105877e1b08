/** How much of everything the one port takes at once. A wall of open tabs and busy programs stay far below. */
export interface DoorLimits {
  /** Connections, idle ones included. */
  connections: number;
  /** WebSockets among them. */
  webSockets: number;
  /** Subscriptions on one WebSocket. */
  subscriptions: number;
  /** Uploads under way, and the bytes they may have together. */
  uploads: number;
  uploadBytes: number;
  /** WebSockets whose token was not seen yet, the bytes that each may send before, and the ms that it may take. */
  strangers: number;
  strangerBytes: number;
  strangerMs: number;
}

export const DOOR_LIMITS: DoorLimits = {
  connections: 2_000,
  webSockets: 1_000,
  subscriptions: 200,
  uploads: 32,
  uploadBytes: 1024 * 1024 * 1024,
  strangers: 200,
  // More than is read at once: what a program sends with its token is not counted against it.
  strangerBytes: 256 * 1024,
  strangerMs: 15_000,
};
