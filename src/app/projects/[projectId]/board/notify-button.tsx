"use client";
import { useState } from "react";
import { useInBrowser } from "../../../_ui/use-in-browser";

/** Asks whether the browser may say when the pictures are done; not shown once that is settled. */
export function NotifyButton({ className }: { className: string }) {
  const [isSettled, setIsSettled] = useState(false);
  // A page that is not served securely has no such thing, or may not ask.
  const isOpen = useInBrowser() && "Notification" in globalThis && Notification.permission === "default";
  if (!isOpen || isSettled) return null;
  const ask = async () => {
    await Notification.requestPermission();
    setIsSettled(true);
  };
  return (
    <button type="button" className={className} onClick={() => void ask()}>
      Tell me when done
    </button>
  );
}
