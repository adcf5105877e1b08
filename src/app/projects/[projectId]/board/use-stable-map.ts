"use client";
import { useRef } from "react";

/** The map from before, as long as it says the same: what depends on it is not drawn again. */
export function useStableMap<K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  const known = useRef(map);
  const isSame = known.current.size === map.size && [...map].every(([key, value]) => known.current.get(key) === value);
  if (!isSame) known.current = map;
  return known.current;
}
