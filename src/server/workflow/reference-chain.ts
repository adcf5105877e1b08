import type { GraphNode, Link } from "./graph";
import { linkAt, linksOf, walkUpstream } from "./graph";
import type { GraphDraft } from "./graph-draft";
import type { ReferenceStage, SlotRef } from "./slots";

/** Takes a reference off a conditioning: what took the node's result takes the conditioning it was made from. */
export function bypassApply(draft: GraphDraft, apply: string): void {
  const before = linkAt(draft.node(apply), "conditioning");
  if (before) draft.relink([apply, 0], before);
}

/**
 * Chains one more picture behind the last of the stages: a copy of all that leads from the picture to the
 * conditioning, on every conditioning that the stages end on. Answers the stage that was added.
 */
export function appendStage(
  draft: GraphDraft,
  stages: readonly ReferenceStage[],
  picture: string,
): ReferenceStage {
  const ends = chainEnds(draft, stages);
  const loads = stages.flatMap((stage) => stage.loads);
  const copies = new Map<string, string>();
  const number = stages.length + 1;
  const added: ReferenceStage = { loads: [], appliedBy: [] };
  const copied = (id: string): string => {
    const known = copies.get(id);
    if (known) return known;
    const copy = draft.add(`${id}-reference-${number}`, retitled(draft.node(id), number));
    copies.set(id, copy);
    return copy;
  };

  for (const end of ends) {
    const latent = linkAt(draft.node(end), "latent");
    if (!latent) continue;
    const copy = copied(end);
    draft.relink([end, 0], [copy, 0]);
    draft.setInput(copy, "conditioning", [end, 0]);
    for (const id of betweenLoadsAnd(
      draft,
      latent,
      loads.map(({ nodeId }) => nodeId),
    ))
      copied(id);
    added.appliedBy.push(copy);
  }
  for (const [id, copy] of copies) {
    for (const { input, link } of linksOf(draft.node(copy))) {
      const source = copies.get(link[0]);
      if (source && !ends.includes(link[0])) draft.setInput(copy, input, [source, link[1]]);
    }
    const load = loads.find(({ nodeId }) => nodeId === id);
    if (!load) continue;
    draft.setInput(copy, load.input, picture);
    added.loads.push({ ...load, nodeId: copy });
  }
  return added;
}

/**
 * Copies all that leads from loaded pictures to a link, with another picture in place of each.
 * @returns the copy of the link
 */
export function copyBranch(
  draft: GraphDraft,
  link: Link,
  loads: readonly SlotRef[],
  { picture, number }: { picture: string; number: number },
): Link {
  const ids = betweenLoadsAnd(
    draft,
    link,
    loads.map(({ nodeId }) => nodeId),
  );
  const copies = new Map<string, string>();
  for (const id of ids)
    copies.set(id, draft.add(`${id}-reference-${number}`, retitled(draft.node(id), number)));
  for (const [id, copy] of copies) {
    for (const { input, link: from } of linksOf(draft.node(copy))) {
      const source = copies.get(from[0]);
      if (source) draft.setInput(copy, input, [source, from[1]]);
    }
    const load = loads.find(({ nodeId }) => nodeId === id);
    if (load) draft.setInput(copy, load.input, picture);
  }
  return [copies.get(link[0]) ?? link[0], link[1]];
}

/** The applies whose conditioning no other apply takes up. */
function chainEnds(draft: GraphDraft, stages: readonly ReferenceStage[]): string[] {
  const applies = stages.flatMap(({ appliedBy }) => appliedBy);
  const before = applies.flatMap((apply) => linkAt(draft.node(apply), "conditioning")?.[0] ?? []);
  const inTheMiddle = walkUpstream(draft.toView(), before);
  return applies.filter((apply) => !inTheMiddle.has(apply));
}

/** The nodes that a latent takes a picture through, the loads among them. */
function betweenLoadsAnd(draft: GraphDraft, latent: Link, loads: readonly string[]): Set<string> {
  const above = walkUpstream(draft.toView(), [latent[0]]);
  const users = new Map<string, string[]>();
  for (const id of above) {
    for (const { link } of linksOf(draft.node(id))) users.set(link[0], [...(users.get(link[0]) ?? []), id]);
  }
  const between = new Set(loads.filter((load) => above.has(load)));
  for (const id of between) for (const user of users.get(id) ?? []) between.add(user);
  return between;
}

function retitled(node: GraphNode, number: number): GraphNode {
  const title = node._meta?.title;
  return title === undefined ? node : { ...node, _meta: { title: `${title} (reference ${number})` } };
}
