/** Shotboard's mark: four shots, one of them lit. */
export function AppMark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden className="shrink-0">
      <rect x="1" y="3" width="8" height="6" rx="1.5" fill="var(--color-accent)" />
      <rect x="11" y="3" width="8" height="6" rx="1.5" fill="var(--color-edge)" />
      <rect x="1" y="11" width="8" height="6" rx="1.5" fill="var(--color-edge)" />
      <rect x="11" y="11" width="8" height="6" rx="1.5" fill="var(--color-edge)" />
    </svg>
  );
}
