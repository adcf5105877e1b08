"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Model } from "@/lib/schemas/model";
import type { Style } from "@/lib/schemas/style";
import { useTRPC } from "../_data/trpc";
import { TestPicture } from "../_library/test-picture";
import { Picker } from "../_ui/picker";

interface StyleTestProps {
  /** null: it is not saved yet. */
  style: Style | null;
  models: readonly Model[];
  isChanged: boolean;
  /** What to paint; null while it is not known. */
  prompt: string | null;
}

/** The newest picture in a style, and a test picture with a model that goes with it. */
export function StyleTest({ style, models, isChanged, prompt }: StyleTestProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [picked, setPicked] = useState<string | null>(null);
  const fitting = models
    .filter((one) => one.isActive && one.workflowCategory === "image")
    .filter((one) => !style || style.compatibleModels.length === 0 || style.compatibleModels.includes(one.id))
    .filter((one) => !style?.requiresCharacterRef || one.maxReferences > 0)
    .toSorted(
      (a, b) => Number(takesPicture(a)) - Number(takesPicture(b)) || a.name.localeCompare(b.name, "en"),
    );
  const model = fitting.find(({ id }) => id === picked) ?? fitting[0] ?? null;
  const obstacle =
    style === null || isChanged
      ? "Save first: a test paints what is saved"
      : model
        ? null
        : style.requiresCharacterRef
          ? "No model that goes with it and takes a reference picture is switched on"
          : "No model that goes with it is switched on";
  return (
    <TestPicture
      modelId={model?.id ?? null}
      {...(style && { styleId: style.id })}
      {...(prompt !== null && { prompt })}
      lastUrl={style?.previewUrl ?? null}
      lastWords={
        style?.previewUrl ? "The newest picture in this style" : "No picture was made in this style yet"
      }
      obstacle={obstacle}
      onPainted={() => void queryClient.invalidateQueries({ queryKey: trpc.style.pathKey() })}
    >
      {fitting.length > 1 && (
        <Picker
          label="Test with"
          value={model?.id ?? null}
          options={fitting.map(({ id, name }) => ({ id, name, obstacle: null }))}
          onPick={setPicked}
          className="w-full"
        />
      )}
    </TestPicture>
  );
}

/** One that paints on its own comes before one that wants a picture. */
const takesPicture = (model: Model): boolean => model.workflowType !== "text-to-image";
