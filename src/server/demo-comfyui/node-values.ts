import type { Painting, Photo, Picture } from "./picture";

/** What flows along the links of a running prompt. Types that do not change the picture are `opaque`. */
export type NodeValue =
  | { type: "opaque" }
  | { type: "number"; value: number }
  | { type: "text"; value: string }
  | { type: "model"; loras: readonly string[] }
  | { type: "conditioning"; text: string; references: readonly Photo[] }
  | { type: "latent"; width: number; height: number; batch: number; picture: Picture | null }
  | { type: "image"; pictures: readonly Picture[] }
  | { type: "noise"; seed: number }
  | { type: "sigmas"; steps: number }
  | { type: "guider"; positive: Conditioning; negative: Conditioning; cfg: number; loras: readonly string[] };

export type Conditioning = Extract<NodeValue, { type: "conditioning" }>;
export type Latent = Extract<NodeValue, { type: "latent" }>;

/** A node's inputs with its links resolved: plain values as they stand, links as what they carry. */
export class NodeInputs {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #links: ReadonlyMap<string, NodeValue>;

  constructor(values: Readonly<Record<string, unknown>>, links: ReadonlyMap<string, NodeValue>) {
    this.#values = values;
    this.#links = links;
  }

  /** What arrives over a link, if it is of that type. */
  link<T extends NodeValue["type"]>(name: string, type: T): Extract<NodeValue, { type: T }> | undefined {
    const value = this.#links.get(name);
    return value?.type === type ? (value as Extract<NodeValue, { type: T }>) : undefined;
  }

  /** The first link that carries a value of that type. */
  first<T extends NodeValue["type"]>(type: T): Extract<NodeValue, { type: T }> | undefined {
    for (const value of this.#links.values()) {
      if (value.type === type) return value as Extract<NodeValue, { type: T }>;
    }
    return undefined;
  }

  /** All links in order of their names as the graph has them. */
  links(): Iterable<NodeValue> {
    return this.#links.values();
  }

  number(name: string, otherwise: number): number {
    const linked = this.link(name, "number");
    if (linked) return linked.value;
    const value = Number(this.#values[name] ?? Number.NaN);
    return Number.isFinite(value) ? value : otherwise;
  }

  text(name: string): string {
    const linked = this.link(name, "text");
    if (linked) return linked.value;
    const value = this.#values[name];
    return typeof value === "string" ? value : "";
  }

  conditioning(name: string): Conditioning {
    return this.link(name, "conditioning") ?? emptyConditioning;
  }
}

export const emptyConditioning: Conditioning = { type: "conditioning", text: "", references: [] };

/** One latent's painting: its size is the latent's, a picture already in the latent is one more reference. */
export function paintingOf(
  latent: Latent,
  positive: Conditioning,
  negative: Conditioning,
  wish: { seed: number; cfg: number; loras: readonly string[] },
): Painting {
  const inLatent = latent.picture?.kind === "photo" ? [latent.picture] : [];
  return {
    kind: "painting",
    width: latent.width,
    height: latent.height,
    prompt: positive.text,
    negative: negative.text,
    ...wish,
    references: [...positive.references, ...inLatent],
  };
}
