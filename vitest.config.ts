import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const all = ["tests/**/*.test.ts", "tests/**/*.test.tsx"];
// Once is enough for these: they open no database, or only look at pages.
const once = [
  "tests/scripts/**",
  "tests/app/**",
  "tests/lib/**",
  "tests/server/{comfyui,demo-comfyui,image-store,workflow}/**",
  "tests/layers.test.ts",
  "tests/docs.test.ts",
  "tests/browser/{accessibility,download,hostile,models,policy,styles}.test.ts",
];

// Only PostgreSQL is at the other end of a connection.
const connected = ["tests/server/db/{silence,lost-connection}.test.ts"];

/** The whole suite on one kind of database. */
const project = (database: "pglite" | "postgres", exclude: string[]) => ({
  extends: true as const,
  test: { name: database, env: { TEST_DATABASE: database }, include: all, exclude },
});

// `npm test` starts a PostgreSQL and sets TEST_POSTGRES_URL; without one the suite runs on PGlite alone.
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      project("pglite", connected),
      ...(process.env["TEST_POSTGRES_URL"] ? [project("postgres", once)] : []),
    ],
  },
});
