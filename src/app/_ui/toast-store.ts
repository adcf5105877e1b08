import { createContext, useContext } from "react";

export interface Toast {
  title: string;
  text?: string | null;
  tone?: "calm" | "bad";
}

/** Shows a short message that goes away by itself. */
export type ShowToast = (toast: Toast) => void;

export const ToastContext = createContext<ShowToast>(() => {});

export const useToast = (): ShowToast => useContext(ToastContext);
