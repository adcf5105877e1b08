import { z } from "zod";
import * as character from "@/lib/schemas/character";
import { idSchema } from "@/lib/schemas/common";
import * as model from "@/lib/schemas/model";
import * as style from "@/lib/schemas/style";
import { addToCast, listCast, removeFromCast } from "@/server/services/character/cast";
import * as characters from "@/server/services/character/characters";
import * as models from "@/server/services/model/models";
import * as styles from "@/server/services/style/styles";
import { procedure, router } from "./procedure";

const deleted = z.object({ id: idSchema });

export const modelRouter = router({
  list: procedure
    .input(model.modelListInput)
    .output(model.modelListOutput)
    .query(({ ctx, input }) => models.listModels(ctx.services, input)),
  get: procedure
    .input(model.modelInput)
    .output(model.modelSchema)
    .query(({ ctx, input }) => models.getModel(ctx.services, input)),
  /** Makes a model on a workflow file that is there, on an uploaded one, or on the default of its type. */
  create: procedure
    .input(model.modelCreateInput)
    .output(model.modelSchema)
    .mutation(({ ctx, input }) => models.createModel(ctx.services, input)),
  update: procedure
    .input(model.modelUpdateInput)
    .output(model.modelSchema)
    .mutation(({ ctx, input }) => models.updateModel(ctx.services, input)),
  /** Deletes a model that nothing uses. */
  delete: procedure
    .input(model.modelInput)
    .output(deleted)
    .mutation(({ ctx, input }) => models.deleteModel(ctx.services, input)),
});

export const styleRouter = router({
  list: procedure
    .input(style.styleListInput)
    .output(style.styleListOutput)
    .query(({ ctx, input }) => styles.listStyles(ctx.services, input)),
  get: procedure
    .input(style.styleInput)
    .output(style.styleSchema)
    .query(({ ctx, input }) => styles.getStyle(ctx.services, input)),
  create: procedure
    .input(style.styleCreateInput)
    .output(style.styleSchema)
    .mutation(({ ctx, input }) => styles.createStyle(ctx.services, input)),
  update: procedure
    .input(style.styleUpdateInput)
    .output(style.styleSchema)
    .mutation(({ ctx, input }) => styles.updateStyle(ctx.services, input)),
  /** Deletes a style that nothing uses. */
  delete: procedure
    .input(style.styleInput)
    .output(deleted)
    .mutation(({ ctx, input }) => styles.deleteStyle(ctx.services, input)),
});

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
  remove: procedure
    .input(character.castMemberInput)
    .output(character.castListOutput)
    .mutation(({ ctx, input }) => removeFromCast(ctx.services, input)),
});
