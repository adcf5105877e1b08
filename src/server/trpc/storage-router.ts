import { storageReportSchema } from "@/lib/schemas/storage";
import { procedure, router } from "./procedure";

export const storageRouter = router({
  /** What the look through the data folder at the start found, and which backups of the database there are. */
  report: procedure.output(storageReportSchema).query(({ ctx }) => ctx.services.storage.report()),
});
