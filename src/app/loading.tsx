import { PageFrame } from "./_ui/page-frame";

/** Cards to come; they show themselves only where the answer takes its time. */
export default function Loading() {
  return (
    <PageFrame isDemo={false}>
      <output aria-label="Loading" className="block animate-late">
        <div className="mb-6 h-7 w-40 rounded bg-raised" />
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(300px,100%),1fr))] gap-x-4 gap-y-6">
          {Array.from({ length: 6 }, (_, index) => (
            <div key={index} className="animate-breathe space-y-2.5">
              <div className="aspect-[1920/1088] rounded bg-raised" />
              <div className="h-4 w-1/2 rounded bg-raised" />
            </div>
          ))}
        </div>
      </output>
    </PageFrame>
  );
}
