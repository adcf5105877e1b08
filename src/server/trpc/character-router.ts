import { z } from "zod";
import * as character from "@/lib/schemas/character";
import { idSchema } from "@/lib/schemas/common";
import { addToCast, listCast, removeFromCast, reorderCast } from "@/server/services/character/cast";
import { getCharacterUsage } from "@/server/services/character/character-usage";
import * as characters from "@/server/services/character/characters";
import { procedure, router } from "./procedure";

const deleted = z.object({ id: idSchema });

export const characterRouter = router({
  list: procedure
    .input(character.characterListInput)
    .output(character.characterListOutput)
    .query(({ ctx, input }) => characters.listCharacters(ctx.services, input)),
  get: procedure
    .input(character.characterInput)
    .output(character.characterSchema)
    .query(({ ctx, input }) => characters.getCharacter(ctx.services, input)),
  create: procedure
    .input(character.characterCreateInput)
    .output(character.characterSchema)
    .mutation(({ ctx, input }) => characters.createCharacter(ctx.services, input)),
  update: procedure
    .input(character.characterUpdateInput)
    .output(character.characterSchema)
    .mutation(({ ctx, input }) => characters.updateCharacter(ctx.services, input)),
  /** Deletes a character with its pictures; the shots that used it turn dirty. */
  delete: procedure
    .input(character.characterInput)
    .output(deleted)
    .mutation(({ ctx, input }) => characters.deleteCharacter(ctx.services, input)),
  /** Where a character is: casts by project, and shots it was chosen for by hand. */
  usage: procedure
    .input(character.characterInput)
    .output(character.characterUsageSchema)
    .query(({ ctx, input }) => getCharacterUsage(ctx.services, input)),
  /** Puts its reference pictures into another order. */
  reorderImages: procedure
    .input(character.characterReorderInput)
    .output(character.characterSchema)
    .mutation(({ ctx, input }) => characters.reorderCharacterImages(ctx.services, input)),
  deleteImage: procedure
    .input(character.characterImageInput)
    .output(character.characterSchema)
    .mutation(({ ctx, input }) => characters.deleteCharacterImage(ctx.services, input)),
});

export const castRouter = router({
  list: procedure
    .input(character.castListInput)
    .output(character.castListOutput)
    .query(({ ctx, input }) => listCast(ctx.services, input)),
  add: procedure
    .input(character.castMemberInput)
    .output(character.castListOutput)
    .mutation(({ ctx, input }) => addToCast(ctx.services, input)),
  reorder: procedure
    .input(character.castReorderInput)
    .output(character.castListOutput)
    .mutation(({ ctx, input }) => reorderCast(ctx.services, input)),
  remove: procedure
    .input(character.castMemberInput)
    .output(character.castListOutput)
    .mutation(({ ctx, input }) => removeFromCast(ctx.services, input)),
});
