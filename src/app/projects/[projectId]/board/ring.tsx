const LENGTH = 2 * Math.PI * 10;

/** A thin ring that fills with the percent of a picture; grey while it is being stopped. */
export function Ring({ percent, isStopping }: { percent: number; isStopping: boolean }) {
  return (
    <svg viewBox="0 0 26 26" className="size-[26px] shrink-0 rounded-full bg-veil" aria-hidden>
      <circle cx="13" cy="13" r="10" fill="none" stroke="oklch(100% 0 0 / 0.22)" strokeWidth="2.5" />
      <circle
        cx="13"
        cy="13"
        r="10"
        fill="none"
        stroke={isStopping ? "var(--color-muted)" : "var(--color-accent)"}
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray={`${(LENGTH * percent) / 100} ${LENGTH}`}
        transform="rotate(-90 13 13)"
        className="transition-[stroke-dasharray] duration-150"
      />
    </svg>
  );
}
