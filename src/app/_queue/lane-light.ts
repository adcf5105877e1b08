import type { Lane, QueueStatus } from "@/lib/schemas/queue";

export type Tone = "good" | "busy" | "warn" | "bad";

export interface LaneWords {
  tone: Tone;
  /** A word or two. */
  label: string;
  /** What it means, or why and what to do. */
  detail: string;
}

/** A lane's state in words. */
export function laneWords(lane: Lane): LaneWords {
  const { state, reason } = lane;
  switch (state) {
    case "ready":
      return { tone: "good", label: "Ready", detail: "Takes the next picture as soon as there is one." };
    case "busy":
      return { tone: "busy", label: "Painting", detail: "Takes the next picture when this one is done." };
    case "paused":
      return { tone: "warn", label: "Paused", detail: "Takes no picture until it is resumed." };
    case "waiting":
      if (isNotAskedYet(lane))
        return { tone: "warn", label: "Connecting", detail: "Shotboard asks it for the first time." };
      return {
        tone: "bad",
        label: "Not answering",
        detail: reason ?? "Check that ComfyUI runs. Shotboard goes on by itself as soon as it answers.",
      };
    case "unhealthy":
      return {
        tone: "bad",
        label: "GPU trouble",
        detail: reason ?? "Its GPU failed. Restart ComfyUI; the queue goes on by itself.",
      };
    case "diskFull":
      return {
        tone: "bad",
        label: "Cannot store pictures",
        detail: reason ?? "There is no room for pictures. Free some; the queue goes on by itself.",
      };
    case "elsewhere":
      return {
        tone: "warn",
        label: "In use elsewhere",
        detail:
          "Another Shotboard on this database works with it, and paints what is in line. Nothing to do.",
      };
  }
}

const isNotAskedYet = ({ state, retryAt, version }: Lane) =>
  state === "waiting" && retryAt === null && version === null;

/** Whether it takes no work because of a trouble, and goes on by itself when that ends. */
export const isInTrouble = (lane: Lane): boolean =>
  (lane.state === "waiting" && !isNotAskedYet(lane)) ||
  lane.state === "unhealthy" ||
  lane.state === "diskFull";

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

export interface QueueLight extends LaneWords {
  /** When the first lane in trouble is tried again, in ms since 1970, while none works. */
  retryAt: number | null;
}

/** The one light of the whole queue, in the words of its lanes. */
export function queueLight({ lanes, isPaused, isDemo }: QueueStatus, isLive: boolean): QueueLight {
  if (!isLive)
    return {
      tone: "bad",
      label: "Reconnecting",
      detail: "The connection to Shotboard was cut. It comes back by itself; nothing is lost.",
      retryAt: null,
    };
  if (isPaused)
    return {
      tone: "warn",
      label: "Paused",
      detail: "What is being painted goes on to its end; nothing new is started. Shots can be put in line.",
      retryAt: null,
    };
  const [first] = lanes;
  if (!first)
    return {
      tone: "bad",
      label: "No ComfyUI",
      detail: "None is connected. Connect one on the queue’s page.",
      retryAt: null,
    };
  const working = lanes.filter((one) => one.state === "busy" || one.state === "ready");
  const lead = working.find((one) => one.state === "busy") ?? working[0] ?? first;
  const words = laneWords(lead);
  if (working.length > 0)
    return { ...words, label: workingName(lead, lanes, working, isDemo), retryAt: null };
  const tries = lanes.flatMap(({ retryAt }) => (retryAt === null ? [] : [Date.parse(retryAt)]));
  const prefix = isDemo ? "Demo renderer" : lanes.length === 1 ? "ComfyUI" : `${lanes.length} ComfyUIs`;
  return {
    ...words,
    label: `${prefix}: ${lowerFirst(words.label)}`,
    retryAt: tries.length === 0 ? null : Math.min(...tries),
  };
}

function workingName(
  lead: Lane,
  { length }: readonly Lane[],
  working: readonly Lane[],
  isDemo: boolean,
): string {
  if (length === 1) return laneName(lead, isDemo);
  return working.length === length ? `${length} ComfyUIs` : `${working.length} of ${length} ComfyUIs`;
}

/** `GPU trouble` stays as it is. */
const lowerFirst = (text: string) =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
