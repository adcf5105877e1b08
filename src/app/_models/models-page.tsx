"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import { useMemo, useState } from "react";
import type { Model } from "@/lib/schemas/model";
import type { QueueStatus } from "@/lib/schemas/queue";
import { at, readAll } from "../_data/read-all";
import { useTRPC, useTRPCClient } from "../_data/trpc";
import { GoneNote } from "../_library/gone-note";
import { LibraryFrame } from "../_library/library-frame";
import { NEW, useChosen } from "../_library/use-chosen";
import { counted } from "../_ui/wording";
import { ModelEditor } from "./model-editor";
import type { UploadedWorkflow } from "./model-values";
import { missingWords, typeName } from "./model-words";

interface ModelsPageProps {
  models: readonly Model[];
  queue: QueueStatus;
  /** When the server read them, in ms since 1970. */
  at: number;
}

/** All models, and the one that is open with what its workflow takes and lacks. */
export function ModelsPage({ models: first, queue, at: readAt }: ModelsPageProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [chosen, choose] = useChosen();
  const [uploads, setUploads] = useState<Readonly<Record<string, UploadedWorkflow | null>>>({});
  const list = useQuery({
    queryKey: [...trpc.model.list.pathKey(), "all"],
    queryFn: ({ signal }) => readAll((cursor) => client.model.list.query(at(cursor), { signal })),
    initialData: [...first],
    initialDataUpdatedAt: readAt,
  });
  const missing = useMissing(queue);
  const models = list.data;
  const entries = useMemo(
    () =>
      models
        .map((one) => ({
          id: one.id,
          name: one.name,
          text: lineOf(one, missing(one.id)),
          pictureUrl: null,
          icon: <Workflow size={20} aria-hidden />,
          shape: "square" as const,
          isOff: !one.isActive,
          isUnsaved: Boolean(uploads[one.id]),
        }))
        .toSorted((a, b) => a.name.localeCompare(b.name, "en")),
    [models, missing, uploads],
  );
  const model = models.find((one) => one.id === chosen) ?? null;
  const editor =
    chosen === null ? null : chosen === NEW || model ? (
      <ModelEditor
        key={chosen}
        model={model}
        upload={uploads[chosen] ?? null}
        onUpload={(upload) => setUploads((all) => ({ ...all, [chosen]: upload }))}
        onChoose={choose}
      />
    ) : (
      <GoneNote noun="model" onClose={() => choose(null)} />
    );
  return (
    <LibraryFrame
      title="Models"
      noun="model"
      text="A model is a ComfyUI workflow with its defaults. A project paints with one; a shot may have its own."
      isDemo={queue.isDemo}
      entries={entries}
      draftKey="model"
      chosen={chosen}
      onChoose={choose}
      list={list}
      editor={editor}
    />
  );
}

/** What keeps a model from painting comes first: the end of a long line is cut off. */
function lineOf({ workflowType, defaultSteps }: Model, state: string | null): string {
  const facts = `${typeName(workflowType)} · ${counted(defaultSteps, "step")}`;
  if (state === null) return facts;
  return state === READY ? `${facts} · ${state}` : `${state} · ${facts}`;
}

const READY = "ready";

/** What a model lacks on the connected server that has most of it, in words; null while that is not known. */
function useMissing({ isDemo, lanes }: QueueStatus): (modelId: string) => string | null {
  const trpc = useTRPC();
  return useQueries({
    queries: isDemo
      ? []
      : lanes.map(({ url }) => ({
          ...trpc.server.inspect.queryOptions({ url }),
          staleTime: 30_000,
          retry: false,
        })),
    combine: (reports) => (modelId: string) => {
      const lists = reports.flatMap(({ data }) => {
        const missing = data?.models.find((one) => one.id === modelId)?.missing;
        return missing ? [missing] : [];
      });
      const [least] = lists.toSorted((a, b) => a.length - b.length);
      return least ? (missingWords(least) ?? READY) : null;
    },
  });
}
