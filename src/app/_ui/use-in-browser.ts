"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and while the page takes over its HTML: for what the browser alone knows, such as its clock. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
