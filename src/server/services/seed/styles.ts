import type { visualStyles } from "@/server/db/schema";

type NewStyle = typeof visualStyles.$inferInsert;

const prompt = (
  id: string,
  name: string,
  promptPrefix: string | null,
  negativePrompt: string | null = null,
): NewStyle => ({
  id,
  name,
  styleType: "prompt",
  promptPrefix,
  negativePrompt,
});

/** The styles of a new installation. Their ids are also the legacy `style` names of older clients. */
export const SEEDED_STYLES: NewStyle[] = [
  prompt("none", "None", null),
  prompt(
    "cinematic",
    "Cinematic",
    "Cinematic film still, anamorphic lens, dramatic side light, shallow depth of field, subtle film grain, teal and amber grade.",
    "cartoon, drawing, text, watermark",
  ),
  prompt(
    "documentary",
    "Documentary",
    "Documentary photograph, natural light, 35 mm lens, true colours, unposed, deep focus.",
    "cartoon, oversaturated, text, watermark",
  ),
  prompt(
    "watercolor",
    "Watercolor",
    "Loose watercolor painting on rough paper, soft wet edges, pale washes, visible brush strokes.",
    "photograph, text",
  ),
  prompt(
    "noir",
    "Noir",
    "Black and white film noir still, hard key light, long shadows, wet streets, high contrast, 1940s.",
    "colour, text",
  ),
  prompt(
    "anime",
    "Anime",
    "Hand-painted anime background art, clean line work, luminous sky, gentle colours.",
    "photograph, text",
  ),
  prompt(
    "oil-painting",
    "Oil painting",
    "Classical oil painting on canvas, rich impasto, warm chiaroscuro, museum quality.",
    "photograph, text",
  ),
  prompt(
    "pencil-sketch",
    "Pencil sketch",
    "Graphite pencil sketch on cream paper, confident hatching, unfinished edges.",
    "colour, photograph, text",
  ),
  prompt(
    "vintage-photo",
    "Vintage photo",
    "Faded archival photograph from the 1920s, silver gelatin print, soft vignette, fine scratches.",
    "modern, text",
  ),
  {
    id: "watercolor-lora",
    name: "Watercolor (LoRA)",
    styleType: "lora",
    promptPrefix: "watercolor painting",
    loraFile: "watercolor.safetensors",
    loraStrength: 0.9,
    // Switched on once a connected server has the file.
    isActive: false,
  },
];
