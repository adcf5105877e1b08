"use client";
import { useEffect } from "react";
import { type BoardAddress, formatAddress } from "../model/board-address";

/** ms that the board stands still before it is written: browsers refuse many changes of an address in a row. */
const PAUSE = 250;

/** Keeps the address saying what is shown, so that it can be reloaded and passed on. Nothing is added to the history. */
export function useAddress(address: BoardAddress): void {
  const search = formatAddress(address);
  useEffect(() => {
    if (search === location.search) return;
    const timer = setTimeout(
      () => history.replaceState(history.state, "", location.pathname + search),
      PAUSE,
    );
    return () => clearTimeout(timer);
  }, [search]);
}
