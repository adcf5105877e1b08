import type { ModelInspection } from "@/lib/schemas/model";
import type { ModelValues, UploadedWorkflow } from "./model-values";
import { settingsOf } from "./workflow-defaults";

/** What a new model begins with on this workflow: all fields that the user has not filled. */
export function startOf(
  upload: UploadedWorkflow,
  inspection: Pick<ModelInspection, "slots">,
  values: ModelValues,
  typed: Partial<ModelValues>,
): Partial<ModelValues> {
  const isImageToImage = inspection.slots.some(({ slot }) => slot === "reference");
  const start: Partial<ModelValues> = {
    ...settingsOf(inspection),
    workflowType: isImageToImage ? "image-to-image" : "text-to-image",
    name: nameOf(upload.name),
  };
  return Object.fromEntries(
    Object.entries(start).filter(
      ([field]) => (field === "name" && values.name.trim() === "") || !(field in typed),
    ),
  );
}

/** What was typed, without what an earlier workflow had given. */
export function typedOver(changes: Partial<ModelValues>, given: Partial<ModelValues>): Partial<ModelValues> {
  const all = Object.entries(changes).filter(([field, value]) => given[field as keyof ModelValues] !== value);
  return Object.fromEntries(all);
}

/** `my_workflow.api.json` is "my workflow". */
const nameOf = (file: string): string =>
  (file.split("/").at(-1) ?? file)
    .replace(/(\.(api|ui|app))*\.(json|png|webp)$/i, "")
    .replace(/[_\s]+/g, " ")
    .trim()
    .slice(0, 200);
