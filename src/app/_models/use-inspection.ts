"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { toProblem } from "../_data/problem";
import { useTRPC, useTRPCClient } from "../_data/trpc";
import type { ModelValues, UploadedWorkflow } from "./model-values";

/** What is found in the workflow that a form names, and what the connected servers lack for it. */
export function useInspection(
  { workflowFile, workflowType, slotChoices }: ModelValues,
  {
    upload,
    modelId,
    isChosen,
  }: { upload: UploadedWorkflow | null; modelId: string | null; isChosen: boolean },
) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const workflow = upload
    ? { workflow: upload.text }
    : workflowFile === null
      ? { workflowType }
      : { workflowFile };
  const input = {
    ...workflow,
    // Whose choices are found again in another workflow.
    ...(modelId !== null && { modelId }),
    ...((isChosen || modelId === null) && { slotChoices }),
  };
  const isVideo = workflowType === "image-to-video";
  const inspection = useQuery({
    // The text of an upload would make a key of megabytes.
    queryKey: ["model inspection", { ...input, workflow: upload?.key }],
    queryFn: ({ signal }) => client.model.inspect.mutate(input, { signal }),
    enabled: !isVideo,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  return {
    ...inspection,
    /** Whether places that were chosen, or slots, are not found in it and nobody said where they go. */
    isUnconfirmed:
      !isChosen &&
      (inspection.data?.bindings ?? []).some(({ status }) => status === "ambiguous" || status === "lost"),
    problem: inspection.error && !isVideo ? toProblem(inspection.error) : null,
    /** Asks the servers anew, for the list of models too. */
    checkAgain: async () => {
      await inspection.refetch();
      await queryClient.invalidateQueries({ queryKey: trpc.server.inspect.pathKey() });
    },
  };
}
