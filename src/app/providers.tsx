"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";
import { makeClient } from "./_data/make-client";
import { isRefusal } from "./_data/problem";
import { TRPCProvider } from "./_data/trpc";
import { Toaster } from "./_ui/toaster";

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The server is on this machine or near it: the browser's idea of being online says nothing about it.
      queries: {
        staleTime: 5_000,
        networkMode: "always",
        retry: (count, error) => count < 2 && !isRefusal(error),
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** What every page stands on: the API's client, its cache, tooltips and messages. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
          <Toaster>{children}</Toaster>
        </Tooltip.Provider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
