import { filesOf, type HistoryEntry, type NodeOutput } from "./history";
import type { ComfyMessage } from "./messages";

/** What the messages of a prompt told of its end. It stands in for a history that somebody cleared. */
export class ToldHistory {
  readonly #outputs: NodeOutput[] = [];
  readonly #ends: HistoryEntry["messages"] = [];

  hear({ type, data }: ComfyMessage): void {
    if (type === "executed")
      this.#outputs.push({
        nodeId: data.node,
        standsFor: data.display_node == null ? [data.node] : [data.node, data.display_node],
        files: filesOf(data.output),
      });
    if (type === "execution_success" || type === "execution_error" || type === "execution_interrupted")
      this.#ends.push([type, data]);
  }

  /** As history would tell it; null where no message told how the prompt ended. */
  entryOf(promptId: string): HistoryEntry | null {
    const [end] = this.#ends;
    if (!end) return null;
    return {
      promptId,
      isSuccess: end[0] === "execution_success",
      outputs: this.#outputs,
      messages: this.#ends,
    };
  }
}
