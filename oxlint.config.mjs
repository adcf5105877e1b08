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
  boot: [
    "db",
    "image-store",
    "workflow",
    "events",
    "comfyui",
    "demo-comfyui",
    "generation",
    "services",
    "trpc",
    "http",
    "lib",
  ],
  app: ["lib"],
};
// Single files with rules of their own: what they may import beyond or instead of their layer's line,
// types only, so that nothing of the server enters the browser, the page bundle or the client.
const files = { client: "src/lib/client.ts", shared: "src/server/boot/shared.ts" };
// Folders beside src may import anything; src may import none of them.
const beside = ["scripts", "bench", "examples", "tests"];

/** @param {string} layer */
const folderOf = (layer) => (layer === "lib" || layer === "app" ? `src/${layer}` : `src/server/${layer}`);
/** @param {string | string[]} types @param {string} [category] */
const of = (types, category) => ({
  element: { types },
  ...(category && { file: { categories: category } }),
});
const types = { dependency: { kind: "type" } };

export default {
  plugins: ["typescript", "import", "react", "jsx-a11y", "node", "vitest", "unicorn", "oxc"],
  jsPlugins: ["eslint-plugin-boundaries"],
  categories: { correctness: "error", suspicious: "off", perf: "off" },
  ignorePatterns: ["node_modules", ".next", ".tools", "dist", "data", "next-env.d.ts"],
  settings: {
    "import/resolver": { typescript: { project: "tsconfig.all.json" } },
    "boundaries/include": ["src/**/*", ...beside.map((folder) => `${folder}/**/*`)],
    "boundaries/legacy-templates": false,
    "boundaries/elements": [
      ...Object.keys(layers).map((type) => ({ type, pattern: folderOf(type), partialMatch: false })),
      ...beside.map((pattern) => ({ type: "beside", pattern, partialMatch: false })),
    ],
    "boundaries/files": Object.entries(files).map(([category, pattern]) => ({ category, pattern })),
  },
  rules: {
    "import/no-cycle": "error",
    "typescript/no-explicit-any": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/ban-ts-comment": "error",
    "no-console": "error",
    "no-empty": "error",
    "no-warning-comments": [
      "error",
      { terms: ["todo", "fixme", "oxlint-disable", "eslint-disable"], location: "anywhere" },
    ],
    "oxc/no-barrel-file": ["error", { threshold: 0 }],
    // The second argument is what a failure says; these others ask for more words, not for better tests.
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    "vitest/valid-title": "off",
    "vitest/expect-expect": "off",
    "vitest/no-conditional-expect": "off",
    "vitest/no-conditional-tests": "off",
    "vitest/no-standalone-expect": "off",
    "vitest/require-to-throw-message": "off",
    "vitest/no-focused-tests": "error",
    "vitest/no-disabled-tests": "error",
    "max-lines": ["error", { max: 300 }],
    "node/no-process-env": "error",
    eqeqeq: ["error", "always", { null: "ignore" }],
    "boundaries/no-unknown-dependencies": "error",
    "boundaries/no-unknown-files": "error",
    "boundaries/dependencies": [
      "error",
      {
        default: "disallow",
        checkInternals: true,
        message:
          "{{from.element.types}} may not import {{to.element.types}} ({{to.file.path}}): see the layer table in ARCHITECTURE.md",
        policies: [
          ...Object.entries(layers).map(([from, to]) => ({
            from: of(from),
            allow: { to: of([from, ...to]) },
          })),
          { from: of("beside"), allow: { to: of("*") } },
          { from: of("app"), allow: { to: of("trpc"), ...types } },
          { from: of("app"), allow: { to: of("boot", "shared") } },
          { from: of("lib", "client"), allow: { to: of("trpc"), ...types } },
          { from: of("lib"), disallow: { to: of("lib", "client") } },
          { from: of("boot", "shared"), disallow: { to: of(Object.keys(layers)) } },
          { from: of("boot", "shared"), allow: { to: of("lib") } },
          { from: of("boot", "shared"), allow: { to: of(["trpc", "services"]), ...types } },
        ],
      },
    ],
  },
  overrides: [
    // Settings are read from the environment in one place.
    { files: ["src/server/boot/environment.ts"], rules: { "node/no-process-env": "off" } },
    {
      files: [...beside.map((folder) => `${folder}/**`), "*.config.ts", "*.config.mjs"],
      rules: { "no-console": "off", "node/no-process-env": "off" },
    },
    // A test file is a list of promises about one thing.
    { files: ["tests/**"], rules: { "max-lines": ["error", { max: 500 }] } },
  ],
};
