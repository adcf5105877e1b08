import type { ComfyClient } from "@/server/comfyui/comfy-client";

/** One ComfyUI server: renders one image at a time. */
export interface LaneServer {
  url: string;
  /** How people know it: host and port. */
  name: string;
  client: ComfyClient;
  /** Whether it is the demo renderer. */
  isDemo: boolean;
}

/** The ComfyUI servers that are worked with: read anew each time, since one may be connected at any moment. */
export class Fleet {
  #servers: readonly LaneServer[] = [];

  get servers(): readonly LaneServer[] {
    return this.#servers;
  }

  /** True while the demo renderer stands in for a ComfyUI. */
  get isDemo(): boolean {
    return this.#servers.every((one) => one.isDemo);
  }

  find(url: string | null): LaneServer | undefined {
    return this.#servers.find((one) => one.url === url);
  }

  set(servers: readonly LaneServer[]): void {
    this.#servers = servers;
  }
}
