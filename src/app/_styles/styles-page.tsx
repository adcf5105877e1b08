"use client";
import { useQuery } from "@tanstack/react-query";
import { Palette } from "lucide-react";
import { useMemo } from "react";
import type { Model } from "@/lib/schemas/model";
import type { Style } from "@/lib/schemas/style";
import { at, readAll } from "../_data/read-all";
import { useTRPC, useTRPCClient } from "../_data/trpc";
import { GoneNote } from "../_library/gone-note";
import { LibraryFrame } from "../_library/library-frame";
import { NEW, useChosen } from "../_library/use-chosen";
import { StyleEditor } from "./style-editor";
import { useSample } from "./use-sample";

interface StylesPageProps {
  styles: readonly Style[];
  models: readonly Model[];
  isDemo: boolean;
  /** When the server read them, in ms since 1970. */
  at: number;
}

/** All styles, and the one that is open with its effect. */
export function StylesPage({ styles: first, models, isDemo, at: readAt }: StylesPageProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [chosen, choose] = useChosen();
  const sample = useSample();
  const list = useQuery({
    queryKey: [...trpc.style.list.pathKey(), "all"],
    queryFn: ({ signal }) => readAll((cursor) => client.style.list.query(at(cursor), { signal })),
    initialData: [...first],
    initialDataUpdatedAt: readAt,
  });
  const styles = list.data;
  const entries = useMemo(
    () =>
      styles
        .map((one) => ({
          id: one.id,
          name: one.name,
          text: textOf(one),
          pictureUrl: one.previewUrl,
          icon: <Palette size={16} aria-hidden />,
          shape: "wide" as const,
          isOff: !one.isActive,
        }))
        .toSorted((a, b) => a.name.localeCompare(b.name, "en")),
    [styles],
  );
  const style = styles.find((one) => one.id === chosen) ?? null;
  const editor =
    chosen === null ? null : chosen === NEW || style ? (
      <StyleEditor key={chosen} style={style} models={models} sample={sample} onChoose={choose} />
    ) : (
      <GoneNote noun="style" onClose={() => choose(null)} />
    );
  return (
    <LibraryFrame
      title="Styles"
      noun="style"
      text="A style’s words go before every image prompt; a LoRA style also loads a file."
      isDemo={isDemo}
      entries={entries}
      draftKey="style"
      chosen={chosen}
      onChoose={choose}
      list={list}
      editor={editor}
    />
  );
}

function textOf({ styleType, promptPrefix, loraFile }: Style): string {
  if (styleType === "lora") return `LoRA · ${loraFile ?? ""}`;
  return promptPrefix ?? "adds no words";
}
