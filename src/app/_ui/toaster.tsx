"use client";
import { CircleAlert, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { Button, IconButton } from "./button";
import { cx } from "./class-names";
import { type Toast, ToastContext } from "./toast-store";
import { useEscapeBehind } from "./use-escape-behind";

/** ms a message stays; one that tells of a failure stays longer. */
const CALM = 5_000;
const BAD = 12_000;
const MOST = 3;

const isReplaced = (old: Toast, { title, text, topic }: Toast): boolean =>
  topic === undefined ? old.title === title && old.text === text : old.topic === topic;

/** Holds the messages of the page, at most three at a time, at its lower left edge. */
export function Toaster({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<(Toast & { id: number })[]>([]);
  const lastId = useRef(0);
  const show = useCallback((toast: Toast) => {
    lastId.current += 1;
    const id = lastId.current;
    setToasts((known) => [...known.filter((one) => !isReplaced(one, toast)), { ...toast, id }].slice(-MOST));
  }, []);
  useEscapeBehind(() => setToasts([]));
  const close = (id: number) => setToasts((known) => known.filter((one) => one.id !== id));
  return (
    <ToastContext.Provider value={show}>
      <Radix.Provider swipeDirection="down" label="Message">
        {children}
        {toasts.map(({ id, title, text, tone = "calm", action }) => (
          <Radix.Root
            key={id}
            data-message
            duration={tone === "bad" ? BAD : CALM}
            onOpenChange={(open) => !open && close(id)}
            className={cx(
              "flex animate-rise items-start gap-3 rounded bg-lifted py-2 pr-2 pl-4 shadow",
              tone === "bad" && "border-l-2 border-bad",
            )}
          >
            {tone === "bad" && <CircleAlert size={16} className="mt-2 shrink-0 text-bad" aria-hidden />}
            <div className="min-w-0 flex-1 py-1.5 break-words">
              <Radix.Title className="font-medium">{title}</Radix.Title>
              {text && <Radix.Description className="text-soft">{text}</Radix.Description>}
            </div>
            {action && (
              <Radix.Action asChild altText={action.label}>
                <Button onClick={action.onPress}>{action.label}</Button>
              </Radix.Action>
            )}
            <Radix.Close asChild>
              <IconButton label="Close this message" tipSide="top">
                <X size={14} />
              </IconButton>
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport className="fixed bottom-0 left-0 z-50 m-4 flex w-[min(400px,calc(100vw-32px))] flex-col gap-2 max-sm:bottom-14" />
      </Radix.Provider>
    </ToastContext.Provider>
  );
}
