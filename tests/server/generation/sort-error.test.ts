import { describe, expect, test } from "vitest";
import { badRequest } from "@/lib/errors";
import { ComfyError } from "@/server/comfyui/comfy-error";
import { JobFailure, sortError } from "@/server/generation/run-errors";
import { PictureError } from "@/server/image-store/picture-format";

const system = (code: string) => Object.assign(new Error(`${code}: open '/secret/place'`), { code });
const failure = { code: "own", message: "Own.", field: null, remedy: null };

describe("what an attempt threw", () => {
  test.each([
    ["a picture that is torn", new PictureError("not_a_picture", "Torn."), "transient", "picture_broken"],
    ["a reason of the job's own", new JobFailure(failure), "permanent", "own"],
    ["what says itself what to do", badRequest("file_outside", "Outside."), "permanent", "file_outside"],
    ["a full disk of ours", system("ENOSPC"), "lane", "disk_full"],
    ["a full disk of the database", system("53100"), "lane", "disk_full"],
    ["a folder that cannot be written", system("EROFS"), "lane", "data_folder_unwritable"],
    ["a database that is away", system("57P01"), "lane", "database_away"],
    [
      "a cut connection to it",
      new Error("query", { cause: system("CONNECTION_CLOSED") }),
      "lane",
      "database_away",
    ],
    [
      "a ComfyUI that is away",
      new ComfyError("unreachable", "lane", "Away.", { cause: system("ECONNREFUSED") }),
      "lane",
      "unreachable",
    ],
    ["a full disk of ComfyUI", new ComfyError("disk_full", "lane", "Full."), "lane", "comfyui_disk_full"],
    ["anything else", system("EWHAT"), "transient", "internal"],
  ])("%s", (_, error, kind, code) => {
    const sorted = sortError(error);
    expect(sorted).toMatchObject({ kind, failure: { code } });
    expect(JSON.stringify(sorted)).not.toContain("/secret/place");
  });
});
