"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { QueueStatus } from "@/lib/schemas/queue";
import type { ServerAddressInput } from "@/lib/schemas/server";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { ProblemNote } from "../_ui/problem-note";
import { useToast } from "../_ui/toast-store";
import { AddressForm } from "./address-form";
import { FoundServers } from "./found-servers";

interface ConnectPanelProps {
  isDemo: boolean;
  /** COMFYUI_URL names the servers. */
  isFromEnvironment: boolean;
}

/** A way to the creator's own GPU: by its address, or found on this machine. */
export function ConnectPanel({ isDemo, isFromEnvironment }: ConnectPanelProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const connect = useMutation(
    trpc.server.connect.mutationOptions({
      onSuccess: (queue: QueueStatus, { url }) => {
        queryClient.setQueryData(trpc.queue.status.queryKey(), queue);
        void queryClient.invalidateQueries({ queryKey: trpc.server.pathKey() });
        toast({
          title: "ComfyUI is connected.",
          text: isDemo
            ? "Pictures of the demo renderer are marked as changed: one press paints them anew."
            : `${url} paints with the others from now on.`,
        });
      },
    }),
  );
  const start = (input: ServerAddressInput) => connect.mutate(input);
  return (
    <section id="connect" aria-labelledby="connect-title" className="scroll-mt-16 space-y-3">
      <h2 id="connect-title" className="text-lead font-semibold">
        {isDemo ? "Connect your ComfyUI" : "Connect another ComfyUI"}
      </h2>
      {isFromEnvironment ? (
        <p className="rounded border border-line px-4 py-3 text-soft">
          <Code>COMFYUI_URL</Code> says which ComfyUIs there are. Write another address behind the others,
          with a comma between them, and start Shotboard again; or take the setting out to connect them here.
        </p>
      ) : (
        <>
          <AddressForm key={connect.submittedAt} onConnect={start} isConnecting={connect.isPending} />
          {connect.error && <ProblemNote problem={toProblem(connect.error)} />}
          <p className="text-meta text-muted">
            The address is kept on this machine. <Code>COMFYUI_URL</Code> in the environment or in{" "}
            <Code>.env</Code> wins over it.
          </p>
          {/* Last: one that is found meanwhile moves nothing that is being typed into. */}
          <FoundServers
            isDemo={isDemo}
            onConnect={({ url }) => start({ url })}
            connecting={connect.isPending ? connect.variables.url : null}
          />
        </>
      )}
    </section>
  );
}

function Code({ children }: { children: string }) {
  return <code className="rounded-[4px] bg-lifted px-1 py-0.5 font-sans text-text">{children}</code>;
}
