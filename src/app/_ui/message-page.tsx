import type { ReactNode } from "react";
import { AppMark } from "./app-mark";

/** A page that has one thing to say, and a way on. */
export function MessagePage({
  title,
  text,
  children,
}: {
  title: string;
  text: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="w-full max-w-[420px] space-y-4">
        <AppMark size={32} />
        <h1 className="text-title font-semibold">{title}</h1>
        <p className="text-soft">{text}</p>
        <div className="flex flex-wrap gap-2 pt-1">{children}</div>
      </div>
    </main>
  );
}
