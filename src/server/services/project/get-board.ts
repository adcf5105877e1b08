import { packBoard } from "@/lib/board/pack-board";
import type { PackedBoard } from "@/lib/schemas/board";
import type { ServiceContext } from "../context";
import { getProject } from "./get-project";

/** A project for a page: whole, packed, and with the event from which it has to be followed. */
export async function getBoard(ctx: ServiceContext, input: { projectId: string }): Promise<PackedBoard> {
  // Before anything is read: what happens meanwhile comes as an event, maybe of what is in here already.
  const { seq } = ctx.events;
  ctx.events.logOf(input.projectId);
  return { ...packBoard(await getProject(ctx, input)), eventId: ctx.events.idOf(seq) };
}
