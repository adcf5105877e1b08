"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Style } from "@/lib/schemas/style";
import { isRefusal, toProblem, type Problem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { readDraft, writeDraft } from "../_library/draft-store";
import { NEW } from "../_library/use-chosen";
import { useToast } from "../_ui/toast-store";
import { typedSince, valuesOf } from "./style-values";

/** Names a style's draft among all drafts. */
export const draftKeyOf = (styleId: string | null): string => `style ${styleId ?? NEW}`;

/** What can be done with a style; the list follows, also where something was refused. */
export function useStyleActions(onChoose: (id: string | null) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.style.list.pathKey() });
  // Another window may have renamed or deleted what this one still shows.
  const onError = (error: unknown) => {
    if (isRefusal(error)) void refresh();
  };
  const create = useMutation(
    trpc.style.create.mutationOptions({
      onSuccess: async (style, sent) => {
        await refresh();
        writeDraft(draftKeyOf(style.id), typedSince(readDraft(draftKeyOf(null)), sent, valuesOf(style)));
        writeDraft(draftKeyOf(null), {});
        onChoose(style.id);
      },
      onError,
    }),
  );
  const update = useMutation(
    trpc.style.update.mutationOptions({
      onSuccess: async (style, sent) => {
        await refresh();
        const key = draftKeyOf(style.id);
        writeDraft(key, typedSince(readDraft(key), sent, valuesOf(style)));
        toast({ title: savedWords(style, sent) });
      },
      onError,
    }),
  );
  const duplicate = useMutation(
    trpc.style.duplicate.mutationOptions({
      onSuccess: async ({ id }) => {
        await refresh();
        onChoose(id);
      },
      onError,
    }),
  );
  const error = create.error ?? update.error ?? duplicate.error;
  const problem: Problem | null = error && toProblem(error);
  return {
    create,
    update,
    duplicate,
    problem,
    /** Forgets what went wrong. */
    reset: () => {
      if (error) for (const one of [create, update, duplicate]) one.reset();
    },
  };
}

function savedWords({ name, isActive }: Style, sent: object): string {
  // Its id, and the switch alone.
  if (!("isActive" in sent) || Object.keys(sent).length > 2) return `“${name}” is saved.`;
  return isActive ? `“${name}” is switched on.` : `“${name}” is switched off.`;
}
