// The layers of ARCHITECTURE.md as lint errors: a layer may import itself and what its line names.
const layers = {
  lib: [],
  db: ["lib"],
  "image-store": ["lib"],
  workflow: ["lib"],
  events: ["db", "lib"],
  comfyui: ["workflow", "lib"],
  "demo-comfyui": ["workflow", "lib"],
  generation: ["db", "workflow", "comfyui", "image-store", "events", "lib"],
  services: ["db", "generation", "workflow", "comfyui", "image-store", "events", "lib"],
  trpc: ["services", "image-store", "events", "lib"],
  http: ["services", "image-store", "events", "lib"],
  "boot-shared": ["lib"],
  boot: ["boot-shared", "db", "image-store", "workflow", "events", "comfyui", "demo-comfyui", "generation", "services", "trpc", "http", "lib"],
  app: ["boot-shared", "lib"],
};
// These may import types only: nothing of the server enters the browser or the page bundle.
const typesOnly = { app: ["trpc"], "boot-shared": ["trpc", "services"], "lib-client": ["trpc", "lib"] };

export default {
  plugins: ["typescript", "import", "react", "unicorn", "oxc"],
  jsPlugins: ["eslint-plugin-boundaries"],
  categories: { correctness: "error", suspicious: "off", perf: "off" },
  ignorePatterns: ["node_modules", ".next", ".tools", "dist", "data", "next-env.d.ts"],
  settings: {
    "import/resolver": { typescript: { project: "tsconfig.all.json" } },
    "boundaries/include": ["src/**/*"],
    "boundaries/elements": [
      { type: "lib-client", pattern: "src/lib/client.ts", mode: "full" },
      { type: "boot-shared", pattern: "src/server/boot/shared.ts", mode: "full" },
      { type: "lib", pattern: "src/lib/**/*", mode: "full" },
      { type: "app", pattern: "src/app/**/*", mode: "full" },
      ...Object.keys(layers)
        .filter((name) => !["lib", "app", "boot-shared"].includes(name))
        .map((name) => ({ type: name, pattern: `src/server/${name}/**/*`, mode: "full" })),
    ],
  },
  rules: {
    "import/no-cycle": "error",
    "typescript/no-explicit-any": "error",
    "typescript/consistent-type-imports": "error",
    "no-console": "error",
    "no-empty": "error",
    eqeqeq: ["error", "always", { null: "ignore" }],
    "boundaries/no-unknown": "error",
    "boundaries/no-unknown-files": "error",
    "boundaries/element-types": [
      "error",
      {
        default: "disallow",
        message: "${file.type} may not import ${dependency.type}: see the layer table in ARCHITECTURE.md",
        rules: [
          ...Object.entries(layers).map(([from, allow]) => ({ from, allow: [from, ...allow] })),
          ...Object.entries(typesOnly).map(([from, allow]) => ({ from, allow, importKind: "type" })),
        ],
      },
    ],
  },
  overrides: [
    { files: ["scripts/**", "bench/**", "examples/**", "tests/**"], rules: { "no-console": "off" } },
  ],
};
