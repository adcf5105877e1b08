import { bytes } from "../_ui/wording";

/** How much of a GPU's memory is taken; its place is there also while that is not known. */
export function MemoryBar({ total, free }: { total: number | null; free: number | null }) {
  const used = total === null || free === null ? null : Math.max(0, total - free);
  return (
    <p className="flex items-center gap-2 text-meta text-muted">
      <span aria-hidden className="h-1 w-12 shrink-0 overflow-hidden rounded-full bg-edge sm:w-24">
        <span
          className="block h-full rounded-full bg-soft"
          style={{ width: `${((used ?? 0) / (total ?? 1)) * 100}%` }}
        />
      </span>
      {used === null ? "GPU memory not known" : `${bytes(used)} of ${bytes(total ?? 0)} GPU memory in use`}
    </p>
  );
}
