import { slotNames, type ModelInspection, type SlotName } from "@/lib/schemas/model";
import { cx } from "../_ui/class-names";
import { Picker } from "../_ui/picker";
import { counted } from "../_ui/wording";
import type { Choice } from "./model-values";
import { placeName, SLOT_WORDS } from "./model-words";

interface SlotTableProps {
  inspection: Pick<ModelInspection, "slots" | "places" | "maxReferences" | "nodes">;
  choices: readonly Choice[];
  onChoose: (choices: Choice[]) => void;
}

/** Of places for one slot the menu shows at most these. */
const MOST = 200;
const NOWHERE = "nowhere";
/** Without these all pictures would be the same. */
const NEEDED: ReadonlySet<SlotName> = new Set(["prompt", "seed"]);

/** Where each value goes in a workflow, with what stands there now; each can be changed. */
export function SlotTable({ inspection, choices, onChoose }: SlotTableProps) {
  return (
    <section aria-labelledby="slots" className="space-y-2">
      <h3 id="slots" className="flex text-meta text-muted">
        <span className="flex-1">What goes where</span>
        <span>{counted(inspection.nodes, "node")}</span>
      </h3>
      <table className="block w-full rounded border border-line text-left">
        <thead className="sr-only">
          <tr>
            <th>Value</th>
            <th>Goes into</th>
          </tr>
        </thead>
        <tbody className="block">
          {slotNames.map((slot) => (
            <SlotRow key={slot} slot={slot} inspection={inspection} choices={choices} onChoose={onChoose} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SlotRow({ slot, inspection, choices, onChoose }: SlotTableProps & { slot: SlotName }) {
  const { name, without } = SLOT_WORDS[slot];
  const { maxReferences, places, slots } = inspection;
  const now = slots.filter((one) => one.slot === slot);
  const [chosen] = choices.filter((one) => one.slot === slot);
  const options = places
    .filter((one) => one.slot === slot)
    .slice(0, MOST)
    .map((place) => ({ id: keyOf(place), name: placeName(place), obstacle: null }));
  const value = chosen ? (chosen.nodeId === null ? NOWHERE : keyOf(chosen)) : null;
  const found = now.length === 0 ? "nowhere" : now.map(placeName).join(" and ");
  const choose = (id: string | null) => {
    const others = choices.filter((one) => one.slot !== slot);
    if (id === null) return onChoose(others);
    if (id === NOWHERE) return onChoose([...others, { slot, nodeId: null, input: null }]);
    const place = places.find((one) => one.slot === slot && keyOf(one) === id);
    if (place) onChoose([...others, { slot, nodeId: place.nodeId, input: place.input }]);
  };
  const values = [...new Set(now.flatMap((one) => one.value ?? []))];
  const note =
    now.length === 0
      ? without
      : slot === "reference"
        ? `up to ${counted(maxReferences, "picture")}`
        : values.length > 0
          ? `now ${values.join(", ")}`
          : null;
  return (
    <tr className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 border-b border-line px-3 py-1.5 last:border-0">
      <th scope="row" className="pt-1.5 font-normal">
        {name}
      </th>
      <td className="min-w-0">
        <Picker
          label={`${name} goes into`}
          isLabelHidden
          value={value}
          options={[
            ...options,
            ...(slot === "output" ? [] : [{ id: NOWHERE, name: "Nowhere", obstacle: null }]),
          ]}
          none={chosen ? "Find it by itself" : `As found: ${found}`}
          noneShown={found}
          onPick={choose}
          className={cx("w-full", chosen ? "border-accent" : "border-transparent bg-transparent")}
        />
        {note !== null && (
          <p
            className={cx(
              "truncate px-2.5 text-meta",
              now.length === 0 && NEEDED.has(slot) ? "text-warn" : "text-muted",
            )}
          >
            {note}
          </p>
        )}
      </td>
    </tr>
  );
}

const keyOf = ({ nodeId, input }: { nodeId: string | null; input?: string | null | undefined }) =>
  `${nodeId} ${input ?? ""}`;
