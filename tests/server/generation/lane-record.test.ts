import { expect, test } from "vitest";
import { LaneRecord } from "@/server/generation/lane-record";

test("a picture that was begun after ComfyUI died clears what it died over", () => {
  const record = new LaneRecord();
  record.stoodBy(["next"]);
  record.suspects.add("deadly");
  expect(record.succeeded("later")).toBe(true);
  expect([...record.suspects]).toEqual([]);
});

test("one that stood in line then does not, however late it is made; its next one does", () => {
  const record = new LaneRecord();
  record.stoodBy(["next"]);
  record.suspects.add("deadly");
  expect(record.succeeded("next")).toBe(false);
  expect([...record.suspects]).toEqual(["deadly"]);
  expect(record.succeeded("next")).toBe(true);
});
