import { conflict } from "@/lib/errors";

/** @throws ShotboardError that names what uses the thing, if anything does */
export function isUsed(what: string, field: string, uses: Record<string, number>): void {
  const named = Object.entries(uses).filter(([, number]) => number > 0);
  if (named.length === 0) return;
  const list = named
    .map(([name, number]) => `${number} ${number === 1 ? name.replace(/s$/, "") : name}`)
    .join(", ");
  throw conflict(
    "in_use",
    `${what} is used by ${list}. Nothing was deleted.`,
    field,
    "Switch it off instead, or let those use another one first.",
  );
}
