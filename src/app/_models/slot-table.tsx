import { slotNames, type ModelInspection } from "@/lib/schemas/model";
import { counted } from "../_ui/wording";
import { SLOT_WORDS } from "./model-words";

/** Where values go into a workflow, as it was found, and what it cannot take. */
export function SlotTable({
  inspection: { slots, maxReferences, nodes },
}: {
  inspection: Pick<ModelInspection, "slots" | "maxReferences" | "nodes">;
}) {
  const missing = slotNames.filter((name) => !slots.some((one) => one.slot === name));
  return (
    <section aria-labelledby="slots" className="space-y-2">
      <h3 id="slots" className="flex text-meta text-muted">
        <span className="flex-1">What goes where</span>
        <span>{counted(nodes, "node")}</span>
      </h3>
      <div className="overflow-x-auto rounded border border-line">
        <table className="w-full text-left">
          <thead className="text-meta text-muted">
            <tr className="border-b border-line">
              <th className="w-32 px-3 py-1.5 font-normal">Value</th>
              <th className="px-3 py-1.5 font-normal">Goes into</th>
            </tr>
          </thead>
          <tbody>
            {slots.map(({ slot, nodeId, classType, title, input }, index) => (
              <tr key={`${slot} ${nodeId} ${input} ${index}`} className="border-b border-line last:border-0">
                <td className="px-3 py-1.5 align-top">
                  {slots[index - 1]?.slot === slot ? (
                    <span className="sr-only">{SLOT_WORDS[slot].name}</span>
                  ) : (
                    <>
                      {SLOT_WORDS[slot].name}
                      {slot === "reference" && (
                        <span className="block text-meta text-muted">up to {maxReferences}</span>
                      )}
                    </>
                  )}
                </td>
                <td className="px-3 py-1.5 align-top wrap-anywhere text-soft">
                  {title ?? classType}
                  <span className="text-muted"> · node {nodeId}</span>
                  <span className="block text-meta text-muted">
                    {title === null || title === classType ? input : `${classType}, ${input}`}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {missing.length > 0 && (
        <dl className="space-y-0.5 text-meta">
          {missing.map((name) => (
            <div key={name}>
              <dt className="inline text-soft">{SLOT_WORDS[name].name}: </dt>
              <dd className="inline text-muted">{SLOT_WORDS[name].without}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
