"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Character } from "@/lib/schemas/character";
import { at, readAll } from "../_data/read-all";
import { useTRPC, useTRPCClient } from "../_data/trpc";

/** All characters, whole. */
export function useCharacters(initial?: { items: readonly Character[]; at: number }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = useMemo(() => [...trpc.character.list.pathKey(), "all"], [trpc]);
  const list = useQuery({
    queryKey,
    queryFn: ({ signal }) => readAll((cursor) => client.character.list.query(at(cursor), { signal })),
    ...(initial && { initialData: [...initial.items], initialDataUpdatedAt: initial.at }),
  });
  /** Puts a character that was just stored into the list, where it is or new. */
  const put = useCallback(
    (changed: Character) => {
      queryClient.setQueryData<Character[]>(queryKey, (all = []) =>
        all.some((one) => one.id === changed.id)
          ? all.map((one) => (one.id === changed.id ? changed : one))
          : [...all, changed],
      );
      void queryClient.invalidateQueries({ queryKey: trpc.cast.pathKey() });
    },
    [queryClient, queryKey, trpc],
  );
  return { list, put };
}
