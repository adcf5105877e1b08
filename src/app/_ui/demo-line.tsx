import Link from "next/link";

/** One line that says where pictures come from while no ComfyUI is connected. */
export function DemoLine({ className = "" }: { className?: string }) {
  return (
    <p role="note" className={`border-b border-line bg-raised px-4 py-1.5 text-meta text-muted ${className}`}>
      <span className="text-soft">
        <span className="max-sm:hidden">These pictures come from the demo renderer.</span>
        <span className="sm:hidden">Demo pictures.</span>
      </span>{" "}
      <Link href="/queue#connect" className="text-accent underline underline-offset-2">
        Connect your ComfyUI
      </Link>
      <span className="max-sm:hidden"> to paint with your own GPU.</span>
    </p>
  );
}
