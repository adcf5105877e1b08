"use client";
import { useState } from "react";

/** The map from before, as long as it says the same: what depends on it is not drawn again. */
export function useStableMap<K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  const [known, setKnown] = useState(map);
  if (known === map || isSame(known, map)) return known;
  setKnown(map);
  return map;
}

function isSame<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...b].every(([key, value]) => a.get(key) === value);
}
