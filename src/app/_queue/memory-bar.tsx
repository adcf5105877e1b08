import { bytes } from "../_ui/wording";

/** How much of a GPU's memory is taken. */
export function MemoryBar({ total, free }: { total: number; free: number }) {
  const used = Math.max(0, total - free);
  return (
    <p className="flex items-center gap-2 text-meta text-muted">
      <span aria-hidden className="h-1 w-24 overflow-hidden rounded-full bg-edge">
        <span className="block h-full rounded-full bg-soft" style={{ width: `${(used / total) * 100}%` }} />
      </span>
      {`${bytes(used)} of ${bytes(total)} GPU memory in use`}
    </p>
  );
}
