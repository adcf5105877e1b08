import { idSchema } from "@/lib/schemas/common";
import { SHOT_PARAM } from "../../../_ui/shot-path";
import { type Filter, KINDS, type Kind, type Mark, MARKS, NO_STYLE } from "./filter";
import type { Layout } from "./view";

/** What of a board stands in its address: opened somewhere else, it shows the same. */
export interface BoardAddress {
  /** null = as this user looked at it last. */
  layout: Layout | null;
  filter: Filter;
  /** Ids of the chosen shots. */
  shots: readonly string[];
}

/** As many chosen shots stand in an address; more of them would make it longer than some programs take. */
const SHOTS_IN_ADDRESS = 40;

const isId = (text: string) => idSchema.safeParse(text).success;
const some = <T extends string>(all: readonly T[], values: readonly string[]): T[] =>
  all.filter((one) => values.includes(one));

/** What an address says; what is odd in it is passed over. */
export function parseAddress(params: URLSearchParams): BoardAddress {
  const list = (name: string) => (params.get(name) ?? "").split(",").filter(Boolean);
  const ids = (name: string) => list(name).filter(isId);
  const view = params.get("view");
  const show = list("show");
  return {
    layout: view === "grid" || view === "table" ? view : null,
    filter: {
      text: params.get("q") ?? "",
      kinds: some<Kind>(KINDS, show),
      marks: some<Mark>(MARKS, show),
      characters: ids("with"),
      styles: list("style").filter((one) => one === NO_STYLE || isId(one)),
      sections: ids("section"),
    },
    shots: ids(SHOT_PARAM),
  };
}

/** An address' search, with `?`; empty where there is nothing to say. */
export function formatAddress({ layout, filter, shots }: BoardAddress): string {
  const { text, kinds, marks, characters, styles, sections } = filter;
  const parts: [string, readonly string[]][] = [
    ["view", layout === "table" ? [layout] : []],
    ["q", text.trim() === "" ? [] : [text.trim()]],
    ["show", [...kinds, ...marks]],
    ["with", characters],
    ["style", styles],
    ["section", sections],
    [SHOT_PARAM, shots.length > SHOTS_IN_ADDRESS ? [] : shots],
  ];
  const search = parts
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name}=${values.map(encodeURIComponent).join(",")}`)
    .join("&");
  return search === "" ? "" : `?${search}`;
}
