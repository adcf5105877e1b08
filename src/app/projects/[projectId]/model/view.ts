/** How the shots are shown: as pictures, or as rows with all that is known of them. */
export type Layout = "grid" | "table";

/** How the board is laid out for this user. */
export interface View {
  layout: Layout;
  /** Least width of a shot in px. */
  size: number;
  /** Whether the section list is spread out. */
  isNavOpen: boolean;
  isInspectorOpen: boolean;
}

export const SIZE = { min: 180, max: 480, step: 20 } as const;

export const DEFAULT_VIEW: View = { layout: "grid", size: 220, isNavOpen: true, isInspectorOpen: true };

/** Cookie that keeps the view, so that the first paint has it already. */
export const VIEW_COOKIE = "shotboard_view";

/** The view from its cookie; what is missing or odd is as at first. */
export function parseView(cookie: string | undefined): View {
  const [, size, nav, inspector, table] = /^(\d{3})\.([01])\.([01])(\.t)?$/.exec(cookie ?? "") ?? [];
  if (size === undefined) return DEFAULT_VIEW;
  return {
    layout: table === undefined ? "grid" : "table",
    size: Math.min(SIZE.max, Math.max(SIZE.min, Number(size))),
    isNavOpen: nav === "1",
    isInspectorOpen: inspector === "1",
  };
}

/** The view as the cookie's value. */
export function formatView({ layout, size, isNavOpen, isInspectorOpen }: View): string {
  return `${size}.${Number(isNavOpen)}.${Number(isInspectorOpen)}${layout === "table" ? ".t" : ""}`;
}

/** The width a picture is shown at, for the browser's choice of a thumbnail. */
export function pictureSizes({ layout, size }: Pick<View, "layout" | "size">): string {
  if (layout === "table") return "92px";
  if (size <= 240) return "320px";
  return size <= 340 ? "420px" : "600px";
}
