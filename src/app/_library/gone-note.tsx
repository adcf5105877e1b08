"use client";
import { Button } from "../_ui/button";

/** What an address names is not there: deleted, maybe in another window. */
export function GoneNote({ noun, onClose }: { noun: string; onClose: () => void }) {
  return (
    <div className="grid h-64 place-items-center rounded border border-dashed border-edge px-6 text-center">
      <div className="space-y-3">
        <p className="text-soft">There is no such {noun} any more.</p>
        <Button onClick={onClose}>Show the list</Button>
      </div>
    </div>
  );
}
