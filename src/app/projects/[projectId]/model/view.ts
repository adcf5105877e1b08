/** How the board is laid out for this user. */
export interface View {
  /** Least width of a shot in px. */
  size: number;
  /** Whether the section list is spread out. */
  isNavOpen: boolean;
  isInspectorOpen: boolean;
}

export const SIZE = { min: 180, max: 480, step: 20 } as const;

export const DEFAULT_VIEW: View = { size: 220, isNavOpen: true, isInspectorOpen: true };

/** Cookie that keeps the view, so that the first paint has it already. */
export const VIEW_COOKIE = "shotboard_view";

/** The view from its cookie; what is missing or odd is as at first. */
export function parseView(cookie: string | undefined): View {
  const [, size, nav, inspector] = /^(\d{3})\.([01])\.([01])$/.exec(cookie ?? "") ?? [];
  if (size === undefined) return DEFAULT_VIEW;
  return {
    size: Math.min(SIZE.max, Math.max(SIZE.min, Number(size))),
    isNavOpen: nav === "1",
    isInspectorOpen: inspector === "1",
  };
}

/** The view as the cookie's value. */
export function formatView({ size, isNavOpen, isInspectorOpen }: View): string {
  return `${size}.${Number(isNavOpen)}.${Number(isInspectorOpen)}`;
}

/** The width a picture is shown at, for the browser's choice of a thumbnail. */
export function pictureSizes(size: number): string {
  if (size <= 240) return "320px";
  return size <= 340 ? "420px" : "600px";
}
