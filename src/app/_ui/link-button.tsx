import Link from "next/link";

/** A link that looks like a button. */
export function LinkButton({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="inline-flex h-8 items-center rounded border border-edge bg-lifted px-3 hover:border-muted touch:h-11"
    >
      {children}
    </Link>
  );
}
