"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { imagePromptOf } from "@/lib/plan/resolve-plan";
import type { Character } from "@/lib/schemas/character";
import { at, readAll } from "../_data/read-all";
import { useTRPC, useTRPCClient } from "../_data/trpc";

/** Painted in words where there is no project yet. */
const FALLBACK = "A lighthouse on bare rock at dawn, gulls above the breakers";

const NOBODY: readonly Character[] = [];

export interface Sample {
  projects: readonly { id: string; name: string }[];
  projectId: string | null;
  chooseProject: (id: string | null) => void;
  /** The sentence itself, who may be in it, and the model it is painted with. */
  shot: { text: string; characterIds: string[] | null };
  cast: readonly Character[];
  modelId: string | null;
  /** The image prompt of the chosen sentence; null until it is known. */
  imagePrompt: string | null;
  /** Which sentence it is, from 1; 0 where there is none. */
  number: number;
  total: number;
  step: (by: 1 | -1) => void;
}

/** A sentence of a project to try styles on; the choice stays while styles are switched. */
export function useSample(): Sample {
  const trpc = useTRPC();
  const [picked, setPicked] = useState<string | null>(null);
  const [index, setIndex] = useState(0);
  const client = useTRPCClient();
  const list = useQuery({
    queryKey: [...trpc.project.list.pathKey(), "all"],
    queryFn: ({ signal }) => readAll((cursor) => client.project.list.query(at(cursor), { signal })),
    staleTime: 60_000,
  });
  const projects = list.data ?? [];
  const projectId = picked ?? projects.find((one) => one.sentenceCount > 0)?.id ?? null;
  const project = useQuery({
    ...trpc.project.get.queryOptions({ projectId: projectId ?? "" }),
    enabled: projectId !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const cast = useQuery({
    ...trpc.cast.list.queryOptions({ projectId: projectId ?? "" }),
    enabled: projectId !== null,
    staleTime: 60_000,
  });
  const sentences = project.data?.sections.flatMap((section) => section.sentences) ?? [];
  const place = Math.min(index, Math.max(0, sentences.length - 1));
  const sentence = sentences[place];
  const isAsking = list.isPending || (projectId !== null && project.isPending);
  return {
    projects,
    projectId,
    chooseProject: (id) => {
      setPicked(id);
      setIndex(0);
    },
    shot: sentence ?? { text: FALLBACK, characterIds: null },
    cast: cast.data?.items ?? NOBODY,
    modelId: sentence?.modelId ?? project.data?.modelId ?? null,
    imagePrompt: sentence ? imagePromptOf(sentence) : isAsking ? null : FALLBACK,
    number: sentence ? place + 1 : 0,
    total: sentences.length,
    step: (by) => setIndex(Math.max(0, Math.min(sentences.length - 1, place + by))),
  };
}
