"use client";
import { useCallback, useEffect, useState } from "react";
import { formatView, type View, VIEW_COOKIE } from "../model/view";

const YEAR = 31_536_000;

/** The layout of the board, kept in a cookie. */
export function useView(initial: View): [View, (change: Partial<View>) => void] {
  const [view, setView] = useState(initial);
  const change = useCallback((some: Partial<View>) => setView((known) => ({ ...known, ...some })), []);
  useEffect(() => {
    document.cookie = `${VIEW_COOKIE}=${formatView(view)}; path=/; max-age=${YEAR}; samesite=lax`;
  }, [view]);
  return [view, change];
}
