/**
 * The long run: what may die, dies again and again, and the figures stand in a table at the end.
 *
 *   npm run chaos                        # all of it, an hour or less; the full disk needs root
 *   npm run chaos -- kills-pglite fuzz   # some of it
 *   CHAOS_SEED=7 npm run chaos           # the same moments again
 *
 * The server must have been built: `npm start` does so, and `npm test`.
 */
import { dropSockets, fuzzDoors } from "./door-scenarios";
import { runFullDisk } from "./full-disk";
import { killComfyToo, killPostgresToo, killServer } from "./kill-scenarios";
import { chooseSeed, seededRandom, type Random } from "./random";
import { atMost, printTable, told, type Line } from "./table";

const SCENARIOS: Record<string, (random: Random) => Promise<Line[]>> = {
  "kills-pglite": async (random) => (await killServer(random, "pglite", { shots: 1_000, kills: 200 })).lines,
  "kills-postgres": async (random) => (await killServer(random, "postgres", { shots: 200, kills: 20 })).lines,
  comfyui: async (random) => (await killComfyToo(random, { shots: 1_000, kills: 50 })).lines,
  postgres: async (random) => (await killPostgresToo(random, { shots: 300, kills: 20 })).lines,
  "full-disk": async () => {
    const { pictures, fills, saidMs, noticedMs, drafts, ...damage } = await runFullDisk();
    const most = (all: number[]) => `${(Math.max(0, ...all) / 1000).toFixed(1)} s`;
    return [
      told("full disk", "pictures, times filled", `${pictures}, ${fills}`),
      told("full disk", "said within, gone on within", `${most(saidMs)}, ${most(noticedMs)}`),
      told("full disk", "drafts left", String(drafts)),
      ...Object.entries(damage).map(([what, found]) => atMost("full disk", what, found, 0)),
    ];
  },
  fuzz: async (random) => (await fuzzDoors(random, { inputs: 1_000, raw: 5_000 })).lines,
  sockets: async (random) => (await dropSockets(random, { sockets: 500, rounds: 4 })).lines,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SCENARIOS));
if (unknown.length > 0) {
  process.stderr.write(`There is no "${unknown.join(", ")}", only: ${Object.keys(SCENARIOS).join(", ")}\n`);
  process.exit(1);
}
const seed = chooseSeed();
process.stderr.write(`CHAOS_SEED=${seed}\n`);
const lines: Line[] = [];
for (const [name, play] of Object.entries(SCENARIOS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`Running: ${name}\n`);
  try {
    lines.push(...(await play(seededRandom(seed))));
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${said}\n`);
    lines.push({
      scenario: name,
      what: said.split("\n")[0]!,
      found: "broke off",
      promised: "done",
      isKept: false,
    });
  }
}
printTable(lines);
process.exit(lines.every((line) => line.isKept) ? 0 : 1);
