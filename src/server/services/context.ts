import type { Generation } from "@/server/generation/generation";
import type { GenerationContext } from "@/server/generation/generation-context";
import type { PreparedDownloads } from "./download/prepared-downloads";
import type { StorageUpkeep } from "./storage/storage-upkeep";

/** Where a ComfyUI is, and what it is asked with. */
export interface ServerSetting {
  url: string;
  /** Sent with every request to it and to no other; names in lower case. */
  headers: Record<string, string>;
}

/** Opens and closes the connections to ComfyUI servers; made by `boot`. */
export interface Connections {
  /** Whether COMFYUI_URL says which servers there are. */
  readonly isFromEnvironment: boolean;
  /** Works with exactly these servers from now on, or with the demo renderer where there is none. */
  use(servers: readonly ServerSetting[]): Promise<void>;
}

/** What the product's verbs work with. */
export interface ServiceContext extends GenerationContext {
  generation: Generation;
  connections: Connections;
  downloads: PreparedDownloads;
  storage: StorageUpkeep;
  /** Absolute path of DATA_DIR. */
  dataDir: string;
}
