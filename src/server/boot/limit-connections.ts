import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/** Connections beyond the limit that are still told why they are refused; what comes beyond these is dropped. */
const TOLD = 100;
/** ms that such a one may take to ask. */
const PATIENCE = 5_000;

/** Holds a server's connections to a number; answers whether a request came over one too many. */
export function limitConnections(server: Server, most: number): (request: IncomingMessage) => boolean {
  const beyond = new WeakSet<Socket>();
  let open = 0;
  server.maxConnections = most + TOLD;
  server.on("connection", (socket) => {
    open += 1;
    socket.once("close", () => (open -= 1));
    if (open <= most) return;
    beyond.add(socket);
    setTimeout(() => socket.destroy(), PATIENCE).unref();
  });
  return (request) => beyond.has(request.socket);
}
