import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packBoard, unpackBoard } from "@/lib/board/pack-board";
import { newId } from "@/server/db/new-id";
import type { Job } from "@/lib/schemas/job";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { makeJob, makePainted, makeProject, makeShot } from "../../app/make-board";

const id = fc.oneof(fc.uuid(), fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/), fc.constantFrom("s1", "noir"));
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value);
const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const failure = fc.record({ code: fc.string(), message: fc.string(), remedy: orNull(fc.string()) });

const job: fc.Arbitrary<Job> = fc
  .record({
    id,
    batchId: id,
    projectId: orNull(id),
    sentenceId: orNull(id),
    progress: fc.nat(100),
    step: orNull(fc.string()),
    notes: fc.array(fc.string(), { maxLength: 2 }),
    queuedAt: time,
    seed: orNull(fc.maxSafeNat()),
  })
  .map(makeJob);

const sentence = fc
  .record({
    id,
    sectionId: id,
    position: fc.nat(9),
    text: fc.string({ unit: "binary" }),
    imagePrompt: orNull(fc.string({ unit: "grapheme" })),
    styleId: orNull(id),
    seed: orNull(fc.maxSafeNat()),
    isLocked: fc.boolean(),
    isFlagged: fc.boolean(),
    status: fc.constantFrom("pending", "generating", "completed", "failed"),
    imageFile: orNull(fc.string()),
    imageUrl: orNull(fc.string()),
    selectedTakeId: orNull(id),
    shownTake: orNull(
      fc.record({
        renderer: fc.constantFrom("comfyui", "demo", "own"),
        modelId: orNull(id),
        styleId: orNull(id),
      }),
    ),
    characterIds: orNull(fc.array(id, { maxLength: 2 })),
    job: orNull(job),
    error: orNull(failure),
    version: fc.nat(),
  })
  .map((some) => ({ ...makeShot("s1"), ...some }) as Sentence);

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const there = (project: Project): Project => unpackBoard(throughJson(packBoard(project)));

describe("a packed board", () => {
  test("is unpacked to the very project, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(fc.array(sentence, { maxLength: 8 }), { maxLength: 4 }), (sections) => {
        const project = makeProject(...sections);
        expect(there(project)).toEqual(throughJson(project));
      }),
    );
  });

  test("is unpacked to the very project where all is as usual", () => {
    const shots = (section: string, from: number) =>
      Array.from({ length: 40 }, (_, index) => ({
        ...(index % 3 === 0 ? makeShot : makePainted)(newId()),
        sectionId: section,
        position: index,
        version: from + index,
      }));
    const project = makeProject(shots("section-0", 0), [], shots("section-2", 40));
    expect(there(project)).toEqual(project);
  });

  test("has no room for what can be told: a shot is its two ids and its text", () => {
    const sections = Array.from({ length: 27 }, (_, at) =>
      Array.from({ length: 100 }, (_, position) => {
        const shotId = newId();
        const selectedTakeId = newId();
        return makePainted(shotId, {
          sectionId: `section-${at}`,
          position,
          selectedTakeId,
          imageFile: `projects/project/images/${shotId}.png`,
          imageUrl: `/media/projects/project/images/${shotId}.png?v=${selectedTakeId}`,
          text: "The same sentence.",
        });
      }),
    );
    const packed = JSON.stringify(packBoard(makeProject(...sections)));
    expect(gzipSync(packed).length).toBeLessThan(27 * 100 * 32);
  });

  test("keeps the jobs of a whole board in line", () => {
    const shots = Array.from({ length: 10 }, (_, position) => {
      const shotId = newId();
      return makeShot(shotId, {
        sectionId: "section-0",
        position,
        status: "generating",
        job: position === 4 ? null : makeJob({ id: newId(), sentenceId: shotId }),
      });
    });
    const project = makeProject(shots);
    expect(there(project)).toEqual(project);
  });
});
