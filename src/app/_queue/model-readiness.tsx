import { ChevronRight, CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import Link from "next/link";
import type { ServerReport } from "@/lib/schemas/server";
import { counted } from "../_ui/wording";
import { CopyButton } from "../_ui/copy-button";

type ModelReport = ServerReport["models"][number];
/** A model of which it may not be known yet what it lacks. */
export type NamedModel = Pick<ModelReport, "id" | "name"> & Partial<Pick<ModelReport, "missing">>;

interface ModelReadinessProps {
  models: readonly NamedModel[];
  /** Whether the ComfyUI is being asked. */
  isAsking?: boolean;
  /** Whether what a model lacks is shown once that is asked for. */
  isFolded?: boolean;
}

/** Which models a ComfyUI has everything for, and what the others lack there. */
export function ModelReadiness({ models, isAsking = false, isFolded = false }: ModelReadinessProps) {
  if (models.length === 0)
    return (
      <p className="text-meta text-muted">
        No model is switched on. <Link href="/admin/models">Switch one on under Models.</Link>
      </p>
    );
  return (
    <ul>
      {models.map((model) => (
        <ModelLine key={model.id} model={model} isAsking={isAsking} isFolded={isFolded} />
      ))}
    </ul>
  );
}

interface ModelLineProps {
  model: NamedModel;
  isAsking: boolean;
  isFolded: boolean;
}

function ModelLine({ model: { name, missing }, isAsking, isFolded }: ModelLineProps) {
  if (!missing || missing.length === 0)
    return (
      <li className="flex min-h-7 items-center gap-2 touch:min-h-11">
        {missing ? (
          <CircleCheck size={14} className="shrink-0 text-good" aria-hidden />
        ) : (
          <CircleDashed size={14} className="shrink-0 text-muted" aria-hidden />
        )}
        <span className="min-w-0 truncate">{name}</span>
        <span className="shrink-0 text-meta text-muted">
          {missing ? "has all it needs" : isAsking ? "being looked at" : "not known"}
        </span>
      </li>
    );
  const isFiles = missing.every((one) => one.file !== null);
  const head = (
    <>
      <CircleAlert size={14} className="shrink-0 text-warn" aria-hidden />
      <span className="min-w-0 truncate">{name}</span>
      <span className="shrink-0 text-meta text-warn">
        {`${counted(missing.length, isFiles ? "file" : "thing")} missing`}
      </span>
    </>
  );
  if (!isFolded)
    return (
      <li className="pb-1.5">
        <p className="flex min-h-7 items-center gap-2 touch:min-h-11">{head}</p>
        <MissingList missing={missing} />
      </li>
    );
  return (
    <li>
      <details className="group">
        <summary className="flex min-h-7 cursor-pointer list-none items-center gap-2 rounded hover:text-text touch:min-h-11 [&::-webkit-details-marker]:hidden">
          {head}
          <ChevronRight size={14} className="shrink-0 text-muted group-open:rotate-90" aria-hidden />
        </summary>
        <div className="pb-1.5">
          <MissingList missing={missing} />
        </div>
      </details>
    </li>
  );
}

function MissingList({ missing }: Pick<ModelReport, "missing">) {
  return (
    <ul className="ml-[22px] divide-y divide-line rounded border border-line">
      {missing.map((one) => (
        <li key={one.message} className="px-3 py-1.5">
          {one.file === null ? (
            <>
              <p>{one.message}</p>
              {one.remedy && <p className="text-meta text-soft">{one.remedy}</p>}
            </>
          ) : (
            <div className="flex items-center gap-2">
              <div className="min-w-0 flex-1">
                <p className="wrap-anywhere">{one.file}</p>
                <p className="text-meta text-muted">
                  {one.folder === null ? one.remedy : `goes into ComfyUI’s ${one.folder}`}
                </p>
              </div>
              <CopyButton text={one.file} label={`Copy the name ${one.file}`} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
