import { samplerException } from "./execution-error";
import type { NodeValue } from "./node-values";
import { metadataFrame, plainFrame } from "./preview-frame";
import type { Run } from "./run-prompt";

/** Takes the sampler's steps one by one: progress, preview, and whatever the run's faults do to it. */
export async function sample(
  run: Run,
  nodeId: string,
  steps: number,
  latent: NodeValue | undefined,
): Promise<void> {
  const { studio, item, board, control, faults, tell } = run;
  const { promptId } = item;
  const picture = latent?.type === "latent" ? latent.picture : null;
  const wantsPreviews = item.extraData["preview_method"] !== "none" && picture !== null;
  const failure = samplerException(faults);

  for (let done = 0; ; done += 1) {
    if (failure && done >= Math.min(failure.afterStep, steps)) throw failure.exception;
    await strike(run, done);
    if (done === steps) return;
    await control.pass(studio.stepMs, studio.gate, done);

    const value = done + 1;
    const kind = wantsPreviews ? studio.sockets.previewKind(run.clientId) : "none";
    const jpeg = kind === "none" || !picture ? null : await studio.artist.preview(picture, value / steps);
    control.check();
    board.set(nodeId, { value, max: steps, state: "running" });
    tell("progress_state", board.data());
    if (jpeg && kind === "metadata")
      studio.sockets.sendBinary(metadataFrame(jpeg, promptId, nodeId), run.clientId);
    // Without a client id ComfyUI tells the steps to everybody.
    studio.sockets.send("progress", { value, max: steps, prompt_id: promptId, node: nodeId }, run.clientId);
    if (jpeg && kind === "plain") studio.sockets.sendBinary(plainFrame(jpeg), run.clientId);
    if (value === 1) studio.milestones.reach("sampling", item.promptId);
  }
}

/** Faults that strike once, after exactly so many steps. */
async function strike({ faults, studio, control }: Run, done: number): Promise<void> {
  const due = (kind: "cut_sockets" | "crash" | "stall") => {
    const fault = faults.get(kind);
    return fault !== undefined && (fault.afterStep ?? 1) === done;
  };
  if (due("cut_sockets")) studio.sockets.cut();
  if (due("stall")) await control.until(studio.gate.opening);
  if (due("crash")) {
    studio.crash();
    control.check();
  }
}
