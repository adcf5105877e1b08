import type { generationModels } from "@/server/db/schema";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";

type NewModel = Omit<typeof generationModels.$inferInsert, "slots" | "maxReferences">;

/** The models of a new installation, each on a default workflow. */
export const SEEDED_MODELS: NewModel[] = [
  {
    id: "z-image-turbo",
    name: "Z-Image-Turbo",
    workflowCategory: "image",
    workflowType: "text-to-image",
    workflowFile: DEFAULT_WORKFLOWS["text-to-image"],
    defaultSteps: 8,
    defaultCfg: 1,
  },
  {
    id: "flux2-klein-4b",
    name: "FLUX.2 Klein 4B",
    workflowCategory: "image",
    workflowType: "image-to-image",
    workflowFile: DEFAULT_WORKFLOWS["image-to-image"],
    defaultSteps: 20,
    defaultCfg: 5,
  },
];
