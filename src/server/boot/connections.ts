import type { Log } from "@/lib/log";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { parseServerAddress } from "@/server/comfyui/server-address";
import type { Timings } from "@/server/comfyui/timings";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { Fleet, type LaneServer } from "@/server/generation/fleet";
import type { Connections, ServerSetting } from "@/server/services/context";

interface Options {
  isFromEnvironment: boolean;
  log: Log;
  timings?: Partial<Timings> | undefined;
  /** The fleet has changed: lanes are to follow it. */
  onChange: () => Promise<void>;
}

/** The connections to ComfyUI: real servers, or the demo renderer while there is none. */
export class ServerConnections implements Connections {
  readonly fleet = new Fleet();
  readonly isFromEnvironment: boolean;
  readonly #options: Options;
  readonly #settings = new Map<LaneServer, string>();
  #demo: DemoComfyUI | null = null;
  /** One change after the other. */
  #changing: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.isFromEnvironment = options.isFromEnvironment;
  }

  /** Opens the first connections, before there are lanes. */
  async open(servers: readonly ServerSetting[]): Promise<void> {
    this.fleet.set(servers.length === 0 ? [await this.#startDemo()] : this.#toLaneServers(servers));
  }

  async use(servers: readonly ServerSetting[]): Promise<void> {
    const change = this.#changing.then(async () => {
      await this.open(servers);
      await this.#options.onChange();
      if (servers.length > 0) await this.#endDemo();
    });
    this.#changing = change.catch(() => {});
    await change;
  }

  async close(): Promise<void> {
    await this.#changing;
    await this.#endDemo();
  }

  /** A server that is connected already, with the same headers, stays as it is. */
  #toLaneServers(servers: readonly ServerSetting[]): LaneServer[] {
    const open = this.fleet.servers;
    return servers.map((setting) => {
      const key = JSON.stringify(setting);
      const known = open.find((one) => this.#settings.get(one) === key);
      if (known) return known;
      // In one spelling: a lane is known by it.
      const { url } = parseServerAddress(setting.url);
      const server = this.#toLaneServer(url, new URL(url).host, false, setting);
      this.#settings.set(server, key);
      return server;
    });
  }

  async #startDemo(): Promise<LaneServer> {
    const running = this.fleet.servers.find((one) => one.isDemo);
    if (running && this.#demo) return running;
    this.#demo = await startDemoComfyUI();
    const { url } = this.#demo;
    return this.#toLaneServer(url, "Demo renderer", true, { url, headers: {} });
  }

  async #endDemo(): Promise<void> {
    await this.#demo?.close();
    this.#demo = null;
  }

  #toLaneServer(url: string, name: string, isDemo: boolean, setting: ServerSetting): LaneServer {
    const { log, timings } = this.#options;
    const client = createComfyClient({ ...setting, log, ...(timings && { timings }) });
    return { url, name, client, isDemo };
  }
}
