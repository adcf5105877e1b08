"use client";
import { type DataTag, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

/** Puts what the server rendered with into the query cache, once, unless something newer is there. */
export function useSeed<T>(queryKey: DataTag<QueryKey, T, unknown>, data: T, at: number): void {
  const client = useQueryClient();
  useState(() => {
    const known = client.getQueryState(queryKey);
    if (known?.data === undefined || known.dataUpdatedAt < at)
      client.setQueryData<unknown>(queryKey, data, { updatedAt: at });
    return null;
  });
}
