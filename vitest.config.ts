import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const all = ["tests/**/*.test.ts", "tests/**/*.test.tsx"];
// These put something in the place of a module, and must not share theirs with others.
const mocking = [
  "tests/server/generation/disk-faults.test.ts",
  "tests/server/http/own-picture-refused.test.ts",
  "tests/server/image-store/{image-store,write-order}.test.ts",
];

// Once is enough for these: they open no database, or only look at pages.
const once = [
  ...mocking,
  "tests/scripts/**",
  "tests/app/**",
  "tests/lib/**",
  "tests/server/{comfyui,demo-comfyui,image-store,workflow}/**",
  "tests/layers.test.ts",
  "tests/docs.test.ts",
  "tests/browser/!(two-shotboards).test.ts",
  // What ComfyUI and clients do to connections is the same to either database.
  "tests/server/faults/{answers,black-hole,pictures,refusals,socket,stall,stopping,subscribers}.test.ts",
  "tests/server/http/{access,bad-requests,door-limits,foreign-pages,guesses,login,media}.test.ts",
  "tests/server/boot/{comfy-address,environment,log}.test.ts",
  "tests/server/trpc/{file-choices,servers}.test.ts",
  "tests/server/generation/{free-memory,lane-record,trouble-probe}.test.ts",
  "tests/server/db/lock-folder.test.ts",
];

// These are about connections, which PGlite has none of.
const onPostgres = [
  "tests/server/db/{silence,lost-connection}.test.ts",
  "tests/browser/two-shotboards.test.ts",
];

/** Tests on one kind of database. */
const project = (
  name: string,
  database: "pglite" | "postgres",
  test: { include: string[]; exclude?: string[]; isolate: boolean },
) => ({ extends: true as const, test: { name, env: { TEST_DATABASE: database }, ...test } });

// `npm test` starts a PostgreSQL and sets TEST_POSTGRES_URL; without one the suite runs on PGlite alone.
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    globalSetup: "tests/support/prepare-databases.ts",
    projects: [
      // Loading modules and PGlite anew for each file would take a third of the time.
      project("pglite", "pglite", { include: all, exclude: [...onPostgres, ...mocking], isolate: false }),
      project("mocking", "pglite", { include: mocking, isolate: true }),
      ...(process.env["TEST_POSTGRES_URL"]
        ? [project("postgres", "postgres", { include: all, exclude: once, isolate: false })]
        : []),
    ],
  },
});
