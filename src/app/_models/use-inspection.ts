"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { toProblem } from "../_data/problem";
import { useTRPCClient } from "../_data/trpc";
import type { ModelValues, UploadedWorkflow } from "./model-values";

/** What is found in the workflow that a form names, and what the connected servers lack for it. */
export function useInspection(
  { workflowFile, workflowType }: Pick<ModelValues, "workflowFile" | "workflowType">,
  upload: UploadedWorkflow | null,
) {
  const client = useTRPCClient();
  const input = upload
    ? { workflow: upload.text }
    : workflowFile === null
      ? { workflowType }
      : { workflowFile };
  const inspection = useQuery({
    // An upload is an object of its own each time; its text would make a key of megabytes.
    queryKey: ["model inspection", upload ? [upload.name, upload.text.length, hash(upload.text)] : input],
    queryFn: ({ signal }) => client.model.inspect.mutate(input, { signal }),
    enabled: workflowType !== "image-to-video",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  return { ...inspection, problem: inspection.error ? toProblem(inspection.error) : null };
}

/** Tells two texts of one length apart. */
function hash(text: string): number {
  let value = 7;
  for (let index = 0; index < text.length; index += 1) value = (value * 31 + text.charCodeAt(index)) | 0;
  return value;
}
