"use client";
import { useEffect, useReducer } from "react";
import {
  choose,
  chooseAll,
  chooseNone,
  chooseThese,
  type Modifiers,
  NOTHING,
  prune,
  type Selection,
} from "../model/selection";

type Step =
  | { type: "choose"; id: string; how: Modifiers; order: readonly string[] }
  | { type: "these"; ids: readonly string[] }
  | { type: "all"; order: readonly string[] }
  | { type: "none" }
  | { type: "prune"; exists: (id: string) => boolean };

function reduce(selection: Selection, step: Step): Selection {
  switch (step.type) {
    case "choose":
      return choose(selection, step.id, step.how, step.order);
    case "these":
      return chooseThese(step.ids);
    case "all":
      return chooseAll(selection, step.order);
    case "none":
      return chooseNone(selection);
    case "prune":
      return prune(selection, step.exists);
  }
}

/**
 * Which shots are chosen; those that are deleted fall out by themselves.
 * @param first those that are chosen at first
 */
export function useSelection(ids: ReadonlyMap<string, unknown>, first: readonly string[]) {
  const [selection, dispatch] = useReducer(reduce, first.length === 0 ? NOTHING : chooseThese(first));
  useEffect(() => {
    dispatch({ type: "prune", exists: (id) => ids.has(id) });
  }, [ids]);
  return { selection, dispatch };
}
