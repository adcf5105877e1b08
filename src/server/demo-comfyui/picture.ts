/** A picture a user uploaded, as far as painting needs it. */
export interface Photo {
  kind: "photo";
  bytes: Buffer;
  /** Hash of the bytes: equal photos are the same reference under any name. */
  hash: string;
  /** Pixels. */
  width: number;
  height: number;
}

/** What a sampler was asked for: enough to paint the same picture again at any time. */
export interface Painting {
  kind: "painting";
  /** Pixels. */
  width: number;
  height: number;
  prompt: string;
  negative: string;
  seed: number;
  cfg: number;
  /** Names of the LoRA files between model and sampler. */
  loras: readonly string[];
  references: readonly Photo[];
}

/** One colour, as EmptyImage makes it. */
export interface Plain {
  kind: "plain";
  width: number;
  height: number;
  /** 0xRRGGBB. */
  color: number;
}

/** A picture as a value: it becomes pixels only where a file or a preview needs them. */
export type Picture = Painting | Photo | Plain;
