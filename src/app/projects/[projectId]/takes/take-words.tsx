import type { Take } from "@/lib/schemas/take";
import { Moment } from "../../../_ui/moment";
import { grouped } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import { RENDERERS } from "../model/compare-takes";

/** Which take it is, and what tells it from the others. */
export function TakeWords({ take, number }: { take: Take; number: number }) {
  const { models, styles } = useBoard();
  const facts =
    take.renderer === "own"
      ? [RENDERERS.own, take.credit]
      : [
          styles.find((one) => one.id === take.styleId)?.name ?? take.styleId,
          models.find((one) => one.id === take.modelId)?.name ?? take.modelId,
          take.seed !== null && `seed ${grouped(take.seed)}`,
        ];
  return (
    <p className="mt-1 text-meta wrap-anywhere text-muted">
      <span className="text-soft">Take {number}</span> · <Moment at={take.createdAt} />
      <br />
      {facts.filter(Boolean).map((fact, index) => (
        <span key={index} className="inline-block max-w-full">
          {index > 0 && "\u00a0· "}
          {fact}
        </span>
      ))}
    </p>
  );
}
