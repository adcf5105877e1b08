import type { Generation } from "@/server/generation/generation";
import type { GenerationContext } from "@/server/generation/generation-context";

/** What the product's verbs work with. */
export interface ServiceContext extends GenerationContext {
  generation: Generation;
  /** Absolute path of DATA_DIR. */
  dataDir: string;
}
