/** A prompt that ComfyUI has run, with its own times in milliseconds of the epoch. */
export interface PastPrompt {
  id: string;
  graph: Record<string, { class_type: string; inputs: Record<string, unknown> }>;
  startedAt: number;
  endedAt: number;
}

type Entry = {
  prompt: [number, string, PastPrompt["graph"]];
  status: { messages: [type: string, data: { timestamp: number }][] };
};

/** The newest prompts of ComfyUI's history, in the order they ran in. */
export async function readHistory(comfyUrl: string, count: number): Promise<PastPrompt[]> {
  const answer = await fetch(`${comfyUrl}/history?max_items=${count}`);
  const entries = Object.values((await answer.json()) as Record<string, Entry>);
  const timeOf = ({ status }: Entry, type: string) => {
    const found = status.messages.find(([name]) => name === type);
    if (!found) throw new Error(`A prompt of the benchmark has no ${type}.`);
    return found[1].timestamp;
  };
  return entries
    .map((entry) => ({
      id: entry.prompt[1],
      graph: entry.prompt[2],
      startedAt: timeOf(entry, "execution_start"),
      endedAt: timeOf(entry, "execution_success"),
    }))
    .toSorted((a, b) => a.startedAt - b.startedAt);
}

/** How long ComfyUI stood idle between each prompt and the next, in milliseconds. */
export function idleGaps(prompts: readonly PastPrompt[]): number[] {
  return prompts.slice(1).map(({ startedAt }, index) => startedAt - prompts[index]!.endedAt);
}
