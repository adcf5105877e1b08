import { badRequest } from "@/lib/errors";

/**
 * A new order must name each of what is there once.
 * @throws ShotboardError at `field`
 */
export function checkWholeOrder(
  there: readonly string[],
  order: readonly string[],
  field: string,
  what: string,
): void {
  const isWhole =
    order.length === there.length &&
    new Set(order).size === order.length &&
    there.every((id) => order.includes(id));
  if (!isWhole)
    throw badRequest(
      "order_not_whole",
      `Expected all ${there.length} ${what}, each once; got ${order.length} ids.`,
      field,
      "Load them again, then repeat the change.",
    );
}
