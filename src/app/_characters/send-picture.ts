import { LIMITS } from "@/lib/limits";
import type { Character } from "@/lib/schemas/character";
import { sendFile } from "../_data/send-file";

/**
 * Sends a reference picture to the server.
 * @param onProgress called with the share that was sent, 0…1
 * @returns the character with it
 * @throws Error with a sentence for the user
 */
export const sendPicture = (
  characterId: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<Character> =>
  sendFile<Character>(`/api/v1/characters/${encodeURIComponent(characterId)}/images`, file, {
    limit: LIMITS.referenceBytes,
    onProgress,
  });
