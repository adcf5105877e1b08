"use client";
import { useDeferredValue, useMemo, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { BoardAddress } from "../model/board-address";
import { shownPart } from "../model/selection";
import { useBoard } from "./board-context";
import { useSelection } from "./use-selection";
import { useShots } from "./use-shots";

/** Which shots are shown and which of them are chosen, at first as the address says. */
export function useShownShots(project: Project, address: BoardAddress) {
  const { cast } = useBoard();
  const [filter, setFilter] = useState(address.filter);
  // The letters that are typed come first, what they find a moment later.
  const found = useDeferredValue(filter);
  const shots = useShots(project, found, cast);
  const { order } = shots;
  const { selection: whole, dispatch } = useSelection(shots.numbers, address.shots);
  // What a filter hides stays chosen, and nothing is done with it.
  const selection = useMemo(() => {
    const ids = new Set(order);
    return shownPart(whole, (id) => ids.has(id));
  }, [whole, order]);
  return { ...shots, filter, setFilter, found, whole, selection, dispatch };
}
