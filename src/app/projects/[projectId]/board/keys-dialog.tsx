import { Dialog, DialogBody } from "../../../_ui/dialog";
import { Key } from "../../../_ui/key";
import { type Command, GROUPS, shownKeys } from "./commands";

/** The keys of the board. */
export function KeysDialog({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const listed = commands.filter((one) => one.words !== "" && shownKeys(one).length > 0);
  return (
    <Dialog isOpen onClose={onClose} title="Keys" isWide>
      <DialogBody className="gap-x-8 pb-6 sm:columns-2">
        {GROUPS.map((group) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 text-meta text-muted">{group}</h3>
            <dl className="space-y-1.5">
              {listed
                .filter((one) => one.group === group)
                .map((one) => (
                  <div key={one.words} className="flex items-center gap-3">
                    <dt className="flex w-32 shrink-0 gap-1">
                      {shownKeys(one).map((name) => (
                        <Key key={name}>{name}</Key>
                      ))}
                    </dt>
                    <dd className="text-soft">{one.words}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </DialogBody>
    </Dialog>
  );
}
