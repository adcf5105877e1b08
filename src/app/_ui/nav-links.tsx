"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "./class-names";

const PAGES = [
  { href: "/", name: "Projects" },
  { href: "/characters", name: "Characters" },
  { href: "/admin/models", name: "Models" },
  { href: "/admin/styles", name: "Styles" },
  { href: "/queue", name: "Queue" },
] as const;

/** The pages, the present one marked. */
export function NavLinks() {
  const path = usePathname();
  return (
    <nav aria-label="Pages" className="no-bar flex min-w-0 gap-0.5 overflow-x-auto">
      {PAGES.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className={cx(
            "flex h-8 shrink-0 items-center rounded px-1.5 sm:px-2.5 text-soft hover:bg-lifted hover:text-text touch:h-11",
            path === href && "bg-lifted text-text",
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
