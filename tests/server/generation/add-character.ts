import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import type { Character } from "@/lib/schemas/character";
import type { TestApp } from "../../support/test-app";

interface Added {
  id: string;
  imageId: string;
  /** What ComfyUI gets: the picture as it was stored. */
  bytes: Buffer;
}

/** Makes a character with a reference picture of one colour, in a project's cast if one is named. */
export async function addCharacter(
  app: TestApp,
  name: string,
  { color, projectId }: { color: string; projectId?: string },
): Promise<Added> {
  const { id } = await app.client.character.create.mutate({ name });
  const imageId = await addPicture(app, id, color);
  if (projectId !== undefined) await app.client.cast.add.mutate({ projectId, characterId: id });
  return { id, imageId, bytes: await readFile(join(app.dataDir, "characters", id, `${imageId}.png`)) };
}

/** Adds a picture of one colour to a character; answers its id. */
export async function addPicture(app: TestApp, characterId: string, color: string): Promise<string> {
  const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: color } });
  const response = await fetch(`${app.url}/api/v1/characters/${characterId}/images`, {
    method: "POST",
    headers: { "content-type": "image/png" },
    body: new Uint8Array(await picture.png().toBuffer()),
  });
  const { data } = (await response.json()) as { data: Character };
  const known = data.images.map((image) => image.id).toSorted();
  // UUIDv7: the newest is the last.
  return known.at(-1)!;
}
