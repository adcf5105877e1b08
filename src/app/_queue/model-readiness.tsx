import { CircleCheck, CircleAlert } from "lucide-react";
import Link from "next/link";
import type { ServerReport } from "@/lib/schemas/server";
import { counted } from "../_ui/wording";
import { CopyButton } from "./copy-button";

type ModelReport = ServerReport["models"][number];

/** Which models a ComfyUI has everything for, and what the others lack there. */
export function ModelReadiness({ models }: { models: readonly ModelReport[] }) {
  if (models.length === 0)
    return (
      <p className="text-meta text-muted">
        No model is switched on. <Link href="/admin/models">Switch one on under Models.</Link>
      </p>
    );
  return (
    <ul className="space-y-2">
      {models.map((model) => (
        <ModelLine key={model.id} model={model} />
      ))}
    </ul>
  );
}

function ModelLine({ model: { name, missing } }: { model: ModelReport }) {
  if (missing.length === 0)
    return (
      <li className="flex items-center gap-2">
        <CircleCheck size={14} className="shrink-0 text-good" aria-hidden />
        <span className="min-w-0 truncate">{name}</span>
        <span className="text-meta text-muted">has all it needs</span>
      </li>
    );
  const files = missing.filter((one) => one.file !== null);
  return (
    <li className="space-y-1.5">
      <p className="flex items-center gap-2">
        <CircleAlert size={14} className="shrink-0 text-warn" aria-hidden />
        <span className="min-w-0 truncate">{name}</span>
        <span className="shrink-0 text-meta text-warn">
          {files.length === missing.length
            ? `${counted(files.length, "file")} missing`
            : `${counted(missing.length, "thing")} missing`}
        </span>
      </p>
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
    </li>
  );
}
