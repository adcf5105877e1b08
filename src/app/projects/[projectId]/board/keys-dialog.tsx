import { Dialog, DialogBody } from "../../../_ui/dialog";
import { Key } from "../../../_ui/key";

const KEYS: { title: string; keys: [keys: string[], words: string][] }[] = [
  {
    title: "Move",
    keys: [
      [["←", "→", "↑", "↓"], "from shot to shot"],
      [["J", "K"], "next, previous"],
      [["Home", "End"], "first, last"],
    ],
  },
  {
    title: "Choose",
    keys: [
      [["Shift", "←→↑↓"], "a range"],
      [["Space"], "add or take away one"],
      [["Ctrl", "A"], "all that is shown"],
      [["Esc"], "nothing"],
    ],
  },
  {
    title: "Work",
    keys: [
      [["G"], "generate the selection, or what is missing"],
      [["R"], "paint again"],
      [["Shift", "R"], "paint again with a new seed"],
      [["E", "Enter"], "edit the image prompt"],
      [["P"], "keep a changed picture as it is"],
      [["N"], "paint waiting shots next"],
      [["L"], "lock, unlock"],
      [["D"], "download pictures"],
      [["C"], "the cast"],
      [["Ctrl", "Enter"], "in a field: save"],
    ],
  },
  {
    title: "View",
    keys: [
      [["V"], "pictures or table"],
      [["/"], "search"],
      [["["], "section list"],
      [["]"], "inspector"],
      [["?"], "this list"],
    ],
  },
];

/** The keys of the board. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog isOpen onClose={onClose} title="Keys" isWide>
      <DialogBody className="grid gap-x-8 gap-y-5 pb-6 sm:grid-cols-2">
        {KEYS.map(({ title, keys }) => (
          <section key={title}>
            <h3 className="mb-1.5 text-meta text-muted">{title}</h3>
            <dl className="space-y-1.5">
              {keys.map(([names, words]) => (
                <div key={words} className="flex items-center gap-3">
                  <dt className="flex w-28 shrink-0 gap-1">
                    {names.map((name) => (
                      <Key key={name}>{name}</Key>
                    ))}
                  </dt>
                  <dd className="text-soft">{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </DialogBody>
    </Dialog>
  );
}
