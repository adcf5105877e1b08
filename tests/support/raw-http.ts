import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A plain TCP connection to where a server listens. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

/**
 * Sends a request as it is written here, which fetch would correct, and answers what came until the other side
 * closed the connection; null where it closed without an answer.
 * @param head request line and headers, without `Host` and `Connection`
 */
export async function sendRaw(
  url: string,
  head: string | Buffer,
  body: string | Buffer = "",
): Promise<RawAnswer | null> {
  const socket = await openSocket(url);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const { host } = new URL(url);
  const [line, ...headers] = head.toString("latin1").split("\r\n");
  const all = [...headers.filter(Boolean), "Connection: close"];
  if (!all.some((one) => /^host:/i.test(one))) all.unshift(`Host: ${host}`);
  socket.write(Buffer.from(`${line}\r\n${all.join("\r\n")}\r\n\r\n`, "latin1"));
  socket.write(body);
  await closed;
  return parseAnswer(Buffer.concat(chunks));
}

/** The first answer in the bytes that came over a connection. */
export function parseAnswer(bytes: Buffer): RawAnswer | null {
  const text = bytes.toString("utf8");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [line, ...headers] = text.slice(0, end).split("\r\n");
  const all = Object.fromEntries(
    headers.map((header) => {
      const at = header.indexOf(":");
      return [header.slice(0, at).toLowerCase(), header.slice(at + 1).trim()];
    }),
  );
  const body = text.slice(end + 4);
  const isChunked = all["transfer-encoding"] === "chunked";
  return { status: Number(line!.split(" ")[1]), headers: all, body: isChunked ? joinChunks(body) : body };
}

function joinChunks(body: string): string {
  let joined = "";
  for (let rest = Buffer.from(body); ;) {
    const at = rest.indexOf("\r\n");
    const size = Number.parseInt(rest.subarray(0, at).toString(), 16);
    if (!(size > 0)) return joined;
    joined += rest.subarray(at + 2, at + 2 + size).toString();
    rest = rest.subarray(at + 2 + size + 2);
  }
}
