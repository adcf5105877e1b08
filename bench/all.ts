/**
 * All benchmarks, one after another, with one table at the end.
 *
 *   npm run bench
 */
export {};

for (const name of [
  "idle-gap",
  "generate-1000",
  "fan-out",
  "memory",
  "download",
  "reference-upload",
  "board",
]) {
  console.error(`Measuring: ${name}`);
  await import(`./${name}.ts`);
}
