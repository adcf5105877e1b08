import type { Graph } from "./graph";
import { describeNode, linksOf, nodeAt } from "./graph";
import { WorkflowError } from "./workflow-error";

const REPAIR_REMEDY = "Repair that connection in ComfyUI and export the workflow again.";

/** Throws `workflow_broken_link` or `workflow_cycle` with the place, if the graph has one. */
export function checkLinks(graph: Graph): void {
  for (const [id, node] of Object.entries(graph)) {
    for (const { input, link } of linksOf(node)) {
      if (nodeAt(graph, link[0]) && link[1] >= 0) continue;
      throw new WorkflowError(
        "workflow_broken_link",
        `Input ${input} of ${describeNode(id, node)} takes output ${link[1]} of node ${link[0]}, which does not exist.`,
        { field: `${id}.inputs.${input}`, remedy: REPAIR_REMEDY },
      );
    }
  }
  refuseCycles(graph);
}

/** Depth first with a stack of its own: a chain of thousands of nodes must not end the call stack. */
function refuseCycles(graph: Graph): void {
  const finished = new Set<string>();
  const onPath = new Set<string>();
  for (const start of Object.keys(graph)) {
    const stack = [{ id: start, isLeaving: false }];
    for (let step = stack.pop(); step; step = stack.pop()) {
      const { id, isLeaving } = step;
      if (isLeaving) {
        onPath.delete(id);
        finished.add(id);
        continue;
      }
      const node = nodeAt(graph, id);
      if (finished.has(id) || !node) continue;
      onPath.add(id);
      stack.push({ id, isLeaving: true });
      for (const { input, link } of linksOf(node)) {
        if (onPath.has(link[0])) {
          throw new WorkflowError(
            "workflow_cycle",
            `The workflow runs in a circle: input ${input} of ${describeNode(id, node)} depends on its own result through node ${link[0]}.`,
            { field: `${id}.inputs.${input}`, remedy: REPAIR_REMEDY },
          );
        }
        stack.push({ id: link[0], isLeaving: false });
      }
    }
  }
}
