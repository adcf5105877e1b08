"use client";
import { useEffect, useRef } from "react";
import { useToast } from "../../../_ui/toast-store";
import { endWords, pageTitle } from "../model/run-words";
import type { RunState } from "./run-store";

/**
 * Tells that a run is over, in a message and, where the browser may and nobody looks at the page, by the system; the
 * page's title says how far it is.
 */
export function useRunEnd(projectId: string, name: string, state: RunState | null): void {
  const toast = useToast();
  const isRunning = state !== null && state.run.endedAt === null;
  const wasRunning = useRef(isRunning);
  const title = pageTitle(name, isRunning ? state.view : null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    const isOver = wasRunning.current && !isRunning;
    wasRunning.current = isRunning;
    const words = isOver && state ? endWords(state.run, state.view) : null;
    if (!words) return;
    toast({ ...words, tone: words.text === null ? "calm" : "bad", topic: "run" });
    if (!document.hidden || !("Notification" in globalThis) || Notification.permission !== "granted") return;
    const notification = new Notification(name, { body: words.title, tag: `run-${projectId}` });
    notification.addEventListener("click", () => {
      window.focus();
      notification.close();
    });
  }, [isRunning, state, toast, name, projectId]);
}
