import { and, eq, inArray } from "drizzle-orm";
import { fileName } from "@/lib/find-file";
import { settings, visualStyles } from "@/server/db/schema";
import type { ServiceContext } from "./context";
import { SEEDED_STYLES } from "./seed/styles";

/**
 * What a server that answers brings: seeded LoRA styles whose file it has are switched on, once; one that the user
 * switches off afterwards stays off.
 */
export async function welcomeServer(ctx: ServiceContext, url: string): Promise<void> {
  const waiting = SEEDED_STYLES.filter((style) => style.loraFile && style.isActive === false);
  const server = ctx.fleet.find(url);
  if (!server) return;
  const files = new Set((await server.client.models("loras")).map(fileName));
  for (const { id, loraFile } of waiting.filter((style) => files.has(fileName(style.loraFile!)))) {
    await ctx.database.db.transaction(async (tx) => {
      const [first] = await tx
        .insert(settings)
        .values({ key: `style.${id}.found`, value: loraFile })
        .onConflictDoNothing()
        .returning();
      if (first)
        await tx
          .update(visualStyles)
          .set({ isActive: true })
          .where(and(eq(visualStyles.id, id), inArray(visualStyles.loraFile, [loraFile!])));
    });
  }
}
