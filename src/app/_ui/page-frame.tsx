import Link from "next/link";
import type { ReactNode } from "react";
import { AppMark } from "./app-mark";
import { DemoLine } from "./demo-line";
import { NavLinks } from "./nav-links";

/** The frame of every page but the board: mark, pages, demo line, content. */
export function PageFrame({ isDemo, children }: { isDemo: boolean; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-1 border-b border-line bg-raised px-2 sm:px-4">
        <Link
          href="/"
          className="flex h-8 sm:mr-3 max-sm:px-1.5 items-center gap-2 rounded pr-1 font-semibold touch:h-11"
        >
          <AppMark />
          <span className="max-sm:sr-only">Shotboard</span>
        </Link>
        <NavLinks />
      </header>
      {isDemo && <DemoLine />}
      <main className="mx-auto w-full max-w-[1440px] flex-1 px-4 pt-6 pb-16 sm:px-6">{children}</main>
    </div>
  );
}
