import type { Lane, QueueStatus } from "@/lib/schemas/queue";

export type Tone = "good" | "busy" | "warn" | "bad";

export interface LaneWords {
  tone: Tone;
  /** A word or two. */
  label: string;
  /** One sentence more, if there is one. */
  detail: string | null;
}

/** A lane's state in words. */
export function laneWords(lane: Lane): LaneWords {
  switch (lane.state) {
    case "ready":
      return { tone: "good", label: "Ready", detail: null };
    case "busy":
      return { tone: "busy", label: "Painting", detail: null };
    case "paused":
      return { tone: "warn", label: "Paused", detail: "It takes no more shots until it is resumed." };
    case "waiting":
      return { tone: "bad", label: "Not answering", detail: lane.reason ?? "It is asked again by itself." };
    case "unhealthy":
      return { tone: "bad", label: "Stopped itself", detail: lane.reason };
    case "diskFull":
      return { tone: "bad", label: "Cannot store pictures", detail: lane.reason };
    case "elsewhere":
      return {
        tone: "warn",
        label: "In use elsewhere",
        detail: "Another Shotboard works with this ComfyUI.",
      };
  }
}

/** Whether it takes no work and tries again by itself. */
export const isInTrouble = ({ state }: Lane): boolean =>
  state === "waiting" || state === "unhealthy" || state === "diskFull";

/** A lane's name for people: what it renders on, where that is known. */
export function laneName(lane: Lane, isDemo: boolean): string {
  if (isDemo) return "Demo renderer";
  return (lane.device && deviceName(lane.device)) || lane.name;
}

/** A GPU's name without what drivers put around it. */
export function deviceName(device: string): string {
  return device
    .replace(/^cuda:\d+\s*/i, "")
    .replace(/\s*:\s*(native|cudaMallocAsync)$/i, "")
    .replace(/^NVIDIA (GeForce )?/, "");
}

/** The one light of the whole queue. */
export function queueLight({ lanes, isPaused, isDemo }: QueueStatus, isLive: boolean): LaneWords {
  if (!isLive)
    return {
      tone: "bad",
      label: "Reconnecting",
      detail: "The connection to Shotboard was cut. It comes back by itself; nothing is lost.",
    };
  if (isPaused)
    return {
      tone: "warn",
      label: "Paused",
      detail: "What is being painted goes on to its end; nothing new is started.",
    };
  const [first] = lanes;
  if (!first) return { tone: "bad", label: "No ComfyUI", detail: null };
  const busy = lanes.find((one) => one.state === "busy");
  const working = busy ?? lanes.find((one) => one.state === "ready");
  if (working) {
    const name = laneName(working, isDemo);
    return {
      tone: busy ? "busy" : "good",
      label: lanes.length === 1 ? name : `${lanes.length} ComfyUIs`,
      detail: null,
    };
  }
  const { tone, label, detail } = laneWords(first);
  const words = first.state === "waiting" ? "ComfyUI unreachable" : `ComfyUI: ${label.toLowerCase()}`;
  return { tone, label: words, detail };
}
