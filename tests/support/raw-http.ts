import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
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
  const closed = once(socket, "close");
  const { host } = new URL(url);
  const [line, ...headers] = head.toString("latin1").split("\r\n");
  const all = [...headers.filter(Boolean), "Connection: close"];
  if (!all.some((one) => /^host:/i.test(one))) all.unshift(`Host: ${host}`);
  socket.write(Buffer.from(`${line}\r\n${all.join("\r\n")}\r\n\r\n`, "latin1"));
  socket.end(body);
  await closed;
  return parseAnswer(Buffer.concat(chunks));
}

/** The first answer in the bytes that came over a connection. */
export function parseAnswer(bytes: Buffer): RawAnswer | null {
  const text = bytes.toString("utf8");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [line, ...headers] = text.slice(0, end).split("\r\n");
  return {
    status: Number(line!.split(" ")[1]),
    headers: Object.fromEntries(
      headers.map((header) => {
        const at = header.indexOf(":");
        return [header.slice(0, at).toLowerCase(), header.slice(at + 1).trim()];
      }),
    ),
    body: text.slice(end + 4),
  };
}
