import { z } from "zod";
import { idSchema } from "@/lib/schemas/common";
import * as style from "@/lib/schemas/style";
import * as styles from "@/server/services/style/styles";
import { procedure, router } from "./procedure";

const deleted = z.object({ id: idSchema });

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
