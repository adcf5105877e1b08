/** A key's name as it stands on the keyboard. */
export function Key({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-[4px] border border-edge px-1 font-sans text-[11px] leading-none text-muted">
      {children}
    </kbd>
  );
}
