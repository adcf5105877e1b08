import { Fragment } from "react";
import type { TakeComparison } from "../model/compare-takes";
import { sentenceCase } from "../../../_ui/wording";

interface DifferenceTableProps {
  comparison: TakeComparison;
  left: string;
  right: string;
}

/** In what two takes differ, side by side; what is the same stands below in one line. */
export function DifferenceTable({ comparison: { differs, same }, left, right }: DifferenceTableProps) {
  return (
    <div className="mx-auto w-full max-w-[1100px] space-y-3">
      <table className="w-full table-fixed border-collapse text-left">
        <caption className="sr-only">What differs</caption>
        <thead className="text-meta text-muted">
          <tr>
            <th scope="col" className="w-[76px] py-1 pr-2 font-normal sm:w-[136px]">
              Differs
            </th>
            {[left, right].map((title) => (
              <th key={title} scope="col" className="px-2 py-1 font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differs.map(({ name, values }) => (
            <tr key={name} className="border-t border-line align-top">
              <th scope="row" className="py-1.5 pr-2 font-normal text-muted">
                {sentenceCase(name)}
              </th>
              {values.map((pieces, side) => (
                <td
                  key={side === 0 ? left : right}
                  dir="auto"
                  className="px-2 py-1.5 wrap-anywhere text-soft"
                >
                  {pieces.map(({ text, isMarked }, index) => (
                    <Fragment key={index}>
                      {index > 0 && " "}
                      {isMarked ? <mark className="rounded-[2px] bg-warn/30 text-text">{text}</mark> : text}
                    </Fragment>
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {same.length > 0 && <p className="text-muted">The same in both: {same.join(", ")}.</p>}
    </div>
  );
}
