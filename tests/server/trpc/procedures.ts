/** An id as ours are, that names nothing. */
export const NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057";

export interface Procedure {
  name: string;
  kind: "query" | "mutation" | "subscription";
  /** A valid input; its ids name nothing. */
  input: Record<string, unknown>;
  /** The field whose id is looked up first, if it has one. */
  id: string | null;
}

const q = (name: string, id: string | null, more: Record<string, unknown> = {}): Procedure => ({
  name,
  kind: "query",
  input: { ...(id !== null && { [id]: NOBODY }), ...more },
  id,
});
const m = (name: string, id: string | null, more: Record<string, unknown> = {}): Procedure => ({
  ...q(name, id, more),
  kind: "mutation",
});

/** Every procedure that other programs may call. */
export const PROCEDURES: Procedure[] = [
  m("project.create", null, { name: "Made by a table" }),
  q("project.list", null),
  q("project.get", "projectId"),
  q("project.board", "projectId"),
  m("project.update", "projectId", { name: "New" }),
  q("project.sinceStart", "projectId"),
  m("project.duplicate", "projectId"),
  q("project.foresee", "projectId"),
  m("project.delete", "projectId"),
  m("script.import", "projectId", { text: "The ferry left.", format: "text" }),
  q("script.compare", "projectId", { sections: [{ title: "One", sentences: [{ text: "New." }] }] }),
  m("script.revise", "projectId", { sections: [{ title: "One", sentences: [{ text: "New." }] }] }),
  m("section.create", "projectId", { title: "New" }),
  m("section.update", "sectionId", { title: "New" }),
  m("section.delete", "sectionId"),
  q("sentence.get", "sentenceId"),
  m("sentence.create", "sectionId", { text: "New." }),
  m("sentence.update", "sentenceId", { text: "New." }),
  m("sentence.updateMany", "projectId", { sentences: [{ sentenceId: NOBODY, text: "New." }] }),
  q("sentence.foresee", "projectId", { sentenceIds: [NOBODY], styleId: null }),
  m("sentence.move", "projectId", { moves: [{ sentenceId: NOBODY, sectionId: NOBODY, position: 0 }] }),
  m("sentence.split", "sentenceId", { at: 3 }),
  m("sentence.merge", "projectId", { sentenceIds: [NOBODY, "another"] }),
  m("sentence.shelve", "projectId", { sentenceIds: [NOBODY] }),
  m("sentence.restore", "projectId", { sentenceIds: [NOBODY] }),
  q("sentence.shelf", "projectId"),
  m("sentence.delete", "sentenceId"),
  m("image.generate", "projectId"),
  q("image.foresee", "projectId"),
  m("image.cancel", "projectId"),
  m("image.prioritize", "projectId", { priority: 10 }),
  m("image.retryFailed", "projectId"),
  m("image.keep", "projectId"),
  m("proof.make", "projectId", { sentenceIds: [NOBODY], styleIds: [NOBODY] }),
  q("proof.list", "projectId"),
  q("proof.foresee", "projectId", { styleId: NOBODY }),
  m("proof.use", "projectId", { styleId: NOBODY }),
  q("take.list", "sentenceId"),
  m("take.select", "takeId"),
  m("take.show", "projectId", {
    shots: [{ sentenceId: NOBODY, from: null, to: null, isLocked: false }],
  }),
  m("take.reframe", "takeId", { framing: { mode: "fit", ground: "black" } }),
  m("take.update", "takeId", { credit: "Somebody" }),
  q("take.original", "takeId"),
  m("take.delete", "takeId"),
  m("take.restore", "takeId"),
  m("take.redo", "takeId"),
  q("job.get", "jobId"),
  q("job.list", "projectId"),
  q("queue.status", null),
  q("queue.history", null),
  q("queue.errors", null),
  m("queue.pause", null),
  m("queue.resume", null),
  q("model.list", null),
  q("model.get", "modelId"),
  m("model.create", null, { name: "Made by a table", workflowType: "text-to-image" }),
  m("model.update", "modelId", { name: "New" }),
  m("model.inspect", "modelId"),
  m("model.test", "modelId"),
  q("model.workflows", null),
  m("model.foresee", "modelId"),
  q("model.usage", "modelId"),
  m("model.delete", "modelId"),
  q("style.list", null),
  q("style.get", "styleId"),
  m("style.create", null, { name: "Made by a table", styleType: "prompt" }),
  m("style.update", "styleId", { name: "New" }),
  q("style.foresee", "styleId"),
  q("style.usage", "styleId"),
  q("style.loraFiles", null),
  m("style.duplicate", "styleId"),
  m("style.delete", "styleId"),
  q("character.list", null),
  q("character.get", "characterId"),
  m("character.create", null, { name: "Made by a table" }),
  m("character.update", "characterId", { name: "New" }),
  m("character.delete", "characterId"),
  m("character.deleteImage", "characterId", { imageId: NOBODY }),
  q("character.usage", "characterId"),
  m("character.reorderImages", "characterId", { imageIds: [] }),
  q("cast.list", "projectId"),
  m("cast.reorder", "projectId", { characterIds: [] }),
  m("cast.add", "projectId", { characterId: NOBODY }),
  m("cast.remove", "projectId", { characterId: NOBODY }),
  q("download.plan", "projectId"),
  m("download.prepare", "projectId"),
  q("server.list", null),
  q("server.find", null),
  m("server.check", null, { url: "http://127.0.0.1:1" }),
  m("server.connect", null, { url: "http://127.0.0.1:1" }),
  m("server.disconnect", null, { url: "http://127.0.0.1:1" }),
  q("server.inspect", null, { url: "http://127.0.0.1:1" }),
  q("server.activity", null, { url: "http://127.0.0.1:1" }),
  m("server.choose", null, {
    url: "http://127.0.0.1:1",
    classType: "VAELoader",
    input: "vae_name",
    value: "a.safetensors",
    choice: null,
  }),
  q("server.workflows", null, { url: "http://127.0.0.1:1" }),
  q("server.workflow", null, { url: "http://127.0.0.1:1", kind: "saved", id: "a.json" }),
  m("server.free", null, { url: "http://127.0.0.1:1" }),
  m("server.update", null, { freesWhenDone: false }),
  q("storage.report", null),
  { name: "events.onProject", kind: "subscription", input: { projectId: NOBODY }, id: "projectId" },
];

/** Those that take no input. */
export const WITHOUT_INPUT = [
  "queue.status",
  "queue.errors",
  "storage.report",
  "server.list",
  "server.find",
  "style.loraFiles",
  "model.workflows",
];

/** Those that plain HTTP can call. */
export const CALLS = PROCEDURES.flatMap(({ kind, ...call }) =>
  kind === "subscription" ? [] : [{ ...call, kind }],
);
