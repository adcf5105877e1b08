import { totalmem, freemem } from "node:os";
import { json, type Answer } from "./http";
import { notFound } from "./prompt-routes";
import type { Studio } from "./studio";

/** `GET /system_stats`: a machine without a GPU that says what it is. */
export function systemStats(): Answer {
  const memory = { vram_total: totalmem(), vram_free: freemem() };
  return json({
    system: {
      os: process.platform,
      ram_total: totalmem(),
      ram_free: freemem(),
      comfyui_version: "0.26.0",
      required_frontend_version: "1.45.0",
      python_version: "3.12.0",
      pytorch_version: "2.9.0+cpu",
      embedded_python: false,
      argv: ["main.py", "--cpu"],
      shotboard_demo: true,
    },
    devices: [
      {
        name: "Demo renderer (no GPU)",
        type: "cpu",
        index: null,
        ...memory,
        torch_vram_total: memory.vram_total,
        torch_vram_free: memory.vram_free,
      },
    ],
  });
}

/** `GET /models` and `GET /models/{folder}`. */
export function models({ definitions }: Studio, folder: string | null): Answer {
  const files: Record<string, string[]> = definitions.files;
  if (folder === null) return json(Object.keys(files));
  const known = Object.hasOwn(files, folder) ? files[folder] : undefined;
  return known ? json(known) : notFound;
}

/** `GET /object_info` and `GET /object_info/{class}`: an unknown class is an empty object. */
export function objectInfo({ definitions }: Studio, classType: string | null): Answer {
  if (classType === null) return json(definitions.all());
  const definition = definitions.find(classType);
  return json(definition ? { [classType]: definition } : {});
}

/** `GET /userdata?dir=workflows`: what its user saved in the editor. */
export function savedWorkflows({ workflows }: Studio): Answer {
  return json(
    Object.entries(workflows).map(([path, text]) => ({ path, size: text.length, modified: 1_700_000_000 })),
  );
}

/** `GET /userdata/{file}`: one of them. */
export function savedWorkflow({ workflows }: Studio, file: string): Answer {
  const path = file.replace(/^workflows\//, "");
  const text = Object.hasOwn(workflows, path) ? workflows[path] : undefined;
  return text === undefined ? notFound : { status: 200, type: "application/json", body: Buffer.from(text) };
}
