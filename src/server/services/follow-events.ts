import type { ProjectEvent } from "@/lib/schemas/events";
import { followProject } from "@/server/events/follow-project";
import { readSentenceStates } from "@/server/generation/sentence-state";
import type { ServiceContext } from "./context";
import { requireProject } from "./require-row";

interface FollowInput {
  projectId: string;
  lastEventId?: string | null | undefined;
  /** True while the connection has more to send than it should hold. */
  isCongested: () => boolean;
  signal: AbortSignal;
}

/**
 * A project's events with their ids, for as long as the signal lets them. The project's existence is checked
 * before the first one.
 */
export async function followEvents(
  ctx: ServiceContext,
  { projectId, ...options }: FollowInput,
): Promise<AsyncGenerator<[id: string, event: ProjectEvent]>> {
  await requireProject(ctx.database.db, projectId);
  return followProject(ctx.events, projectId, {
    ...options,
    snapshot: async () => {
      const states = await readSentenceStates(ctx.database.db, ctx.live, { projectId });
      return {
        type: "snapshot",
        sentences: states.map((one) => one.sentence),
        queue: await ctx.generation.status(),
      };
    },
  });
}
