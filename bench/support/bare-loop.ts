import { randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import { WebSocket } from "ws";
import type { PastPrompt } from "./comfy-history";

interface Message {
  type: string;
  data: {
    prompt_id?: string;
    node?: string | null;
    output?: { images?: Record<string, string>[] };
  };
}

/**
 * What anybody would write first: submit a graph, wait for the WebSocket to say that it is over, download the
 * picture, submit the next. Each graph is one that Shotboard sent, with another seed and file name.
 */
export async function runBareLoop(comfyUrl: string, graphs: readonly PastPrompt["graph"][]): Promise<void> {
  const clientId = randomUUID();
  const socket = new WebSocket(`${comfyUrl.replace(/^http/, "ws")}/ws?clientId=${clientId}`, {
    perMessageDeflate: false,
  });
  await once(socket, "open");
  for (const graph of graphs) {
    const picture = waitForPicture(socket);
    const body = JSON.stringify({ prompt: withNewSeed(graph), client_id: clientId });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${comfyUrl}/prompt`, { method: "POST", body, headers });
    if (!answer.ok) throw new Error(`ComfyUI refused a prompt of the bare loop: ${await answer.text()}`);
    await answer.arrayBuffer();
    const view = await fetch(`${comfyUrl}/view?${new URLSearchParams(await picture)}`);
    await view.arrayBuffer();
  }
  socket.close();
  await once(socket, "close");
}

/** Waits for the end of the prompt that runs next and answers the name of its picture. */
function waitForPicture(socket: WebSocket): Promise<Record<string, string>> {
  let picture: Record<string, string> | undefined;
  return new Promise((resolve) => {
    socket.on("message", function hear(bytes: Buffer, isBinary: boolean) {
      if (isBinary) return;
      const { type, data } = JSON.parse(bytes.toString()) as Message;
      if (type === "executed") picture = data.output?.images?.[0] ?? picture;
      if (type !== "executing" || data.node !== null || !picture) return;
      socket.off("message", hear);
      resolve(picture);
    });
  });
}

function withNewSeed(graph: PastPrompt["graph"]): PastPrompt["graph"] {
  const fresh: Record<string, unknown> = {
    seed: randomInt(2 ** 32),
    noise_seed: randomInt(2 ** 32),
    filename_prefix: `bare/${randomUUID()}`,
  };
  return Object.fromEntries(
    Object.entries(graph).map(([id, node]) => {
      const inputs = Object.entries(node.inputs).map(([name, value]) => [name, fresh[name] ?? value]);
      return [id, { ...node, inputs: Object.fromEntries(inputs) }];
    }),
  );
}
