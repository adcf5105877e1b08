/** The frame of the board; it shows itself only where the answer takes its time. */
export default function Loading() {
  return (
    <output aria-label="Loading the board" className="block animate-late">
      <div className="h-12 border-b border-line bg-raised" />
      <div className="grid animate-breathe grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-x-3 gap-y-14 p-4 pt-20 lg:pr-[416px] lg:pl-60">
        {Array.from({ length: 12 }, (_, index) => (
          <div key={index} className="aspect-[1920/1088] rounded bg-raised" />
        ))}
      </div>
    </output>
  );
}
