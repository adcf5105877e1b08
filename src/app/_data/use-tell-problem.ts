"use client";
import { useCallback } from "react";
import { useToast } from "../_ui/toast-store";
import { toProblem } from "./problem";

/** Tells of something that failed, in a message. */
export function useTellProblem(): (error: unknown) => void {
  const toast = useToast();
  return useCallback(
    (error) => {
      const { message, remedy } = toProblem(error);
      toast({ title: message, text: remedy, tone: "bad" });
    },
    [toast],
  );
}
