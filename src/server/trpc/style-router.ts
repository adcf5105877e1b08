import { z } from "zod";
import { foresightSchema, idSchema } from "@/lib/schemas/common";
import * as style from "@/lib/schemas/style";
import { foreseeStyle } from "@/server/services/style/foresee-style";
import { listLoraFiles } from "@/server/services/style/list-loras";
import { getStyleUsage } from "@/server/services/style/style-usage";
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
  /** How many shots such an update would make dirty; nothing is changed. */
  foresee: procedure
    .input(style.styleUpdateInput)
    .output(foresightSchema)
    .query(({ ctx, input }) => foreseeStyle(ctx.services, input)),
  /** What uses a style. */
  usage: procedure
    .input(style.styleInput)
    .output(style.styleUsageSchema)
    .query(({ ctx, input }) => getStyleUsage(ctx.services, input)),
  /** The LoRA files of the connected ComfyUIs that answer. */
  loraFiles: procedure.output(style.loraFilesSchema).query(({ ctx }) => listLoraFiles(ctx.services)),
  /** Copies a style under a new name. */
  duplicate: procedure
    .input(style.styleDuplicateInput)
    .output(style.styleSchema)
    .mutation(({ ctx, input }) => styles.duplicateStyle(ctx.services, input)),
  /** Deletes a style that nothing uses. */
  delete: procedure
    .input(style.styleInput)
    .output(deleted)
    .mutation(({ ctx, input }) => styles.deleteStyle(ctx.services, input)),
});
