import { createContext, useContext } from "react";

export interface Toast {
  title: string;
  text?: string | null;
  tone?: "calm" | "bad";
  /** What it is about: a newer message about the same takes its place. */
  topic?: string;
  /** Something to do about it, as long as it is shown. */
  action?: { label: string; onPress: () => void };
}

/** Shows a short message that goes away by itself. */
export type ShowToast = (toast: Toast) => void;

export const ToastContext = createContext<ShowToast>(() => {});

export const useToast = (): ShowToast => useContext(ToastContext);
