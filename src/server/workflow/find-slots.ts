import { findOutput } from "./find-output";
import { findReferences } from "./find-references";
import type { Graph } from "./graph";
import { simplifyGraph } from "./simplify-graph";
import type { SlotRef, Slots } from "./slots";
import { titledSlots, withTitled } from "./titled-slots";
import { keyOf } from "./trace-conditioning";
import type { SamplerTrace } from "./trace-samplers";
import { traceSettings } from "./trace-settings";
import type { TextPlace } from "./trace-text";

export type { Slots } from "./slots";

export interface FindOptions {
  /** The node whose picture is used, where the user chose one. */
  output?: string;
}

/**
 * Where values go into a workflow, found by following its links back from the output whose picture is used. No
 * node ids are known beforehand, and few classes: nodes are told by the names of their inputs.
 * A title like `shotboard:prompt` wins over what is found.
 * Throws `WorkflowError`: `workflow_is_video`, `workflow_no_output`, `workflow_no_sampler`, `workflow_no_prompt`,
 * `workflow_title_misplaced`, and `workflow_slots_outdated` where the chosen output is none.
 */
export function findSlots(graph: Graph, options: FindOptions = {}): Slots {
  const plain = simplifyGraph(graph);
  const titled = titledSlots(plain);
  const { output, samplers } = findOutput(plain, options.output ?? titled.output?.nodeId);
  const settings = traceSettings(plain, samplers);
  const sizes = [...settings.width, ...settings.height];
  return withTitled(
    plain,
    {
      ...findTexts(samplers),
      ...settings,
      ...findReferences(plain, output.nodeId, samplers, sizes),
      output,
    },
    titled,
  );
}

function findTexts(samplers: readonly SamplerTrace[]): Pick<Slots, "prompt" | "negative"> {
  const positive = samplers.flatMap((sampler) => sampler.positive.texts);
  const encoders = new Set(positive.map(({ encoder }) => keyOf(encoder)));
  // One encoder on both sides (of a model that needs no negative) is the prompt's.
  const negative = samplers
    .flatMap((sampler) => sampler.negative.texts)
    .filter(({ encoder }) => !encoders.has(keyOf(encoder)));
  const shared = sharedSources(positive, negative);
  return { prompt: placesOf(positive, shared), negative: placesOf(negative, shared) };
}

/** A text node that feeds both sides cannot hold two texts: there each encoder gets its own. */
function sharedSources(positive: readonly TextPlace[], negative: readonly TextPlace[]): Set<string> {
  const ofNegative = new Set(negative.map(({ source }) => keyOf(source)));
  return new Set(positive.map(({ source }) => keyOf(source)).filter((key) => ofNegative.has(key)));
}

function placesOf(texts: readonly TextPlace[], shared: Set<string>): SlotRef[] {
  const places = texts.map(({ encoder, source }) => (shared.has(keyOf(source)) ? encoder : source));
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}
