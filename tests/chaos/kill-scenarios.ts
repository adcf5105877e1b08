import { preparePrograms, startPostgres } from "../../scripts/postgres.mjs";
import { disturb, type Pace } from "./disturb";
import { runKills, type KillFigures } from "./kill-run";
import { type Random } from "./random";
import { startRenderer } from "./renderer";
import { atMost, told, type Line } from "./table";

/** ms of a sampling step: a picture takes about a tenth of a second. */
const STEP = 10;
/** How soon ComfyUI gets the next prompt after a kill, in seconds. */
const FREE = 15;

export interface Size {
  shots: number;
  kills: number;
}

/** A PostgreSQL that loses nothing it has committed when its processes are killed. */
const startDurable = async () => startPostgres(await preparePrograms(), { synchronous_commit: "on" });

type Postgres = Awaited<ReturnType<typeof startDurable>>;

/** The server is killed again and again, on PGlite or on PostgreSQL. */
export async function killServer(
  random: Random,
  database: "pglite" | "postgres",
  size: Size,
): Promise<{ figures: KillFigures; lines: Line[] }> {
  const name = `kill -9 of the server, ${database}`;
  await using started = new AsyncDisposableStack();
  const postgres = database === "postgres" ? await startDurable() : null;
  if (postgres) started.defer(postgres.stop);
  const renderer = started.use(await startRenderer(STEP));
  const databaseUrl = postgres?.url ?? null;
  const figures = await runKills({ name, random, databaseUrl, renderer, ...size });
  const late = figures.free.filter((ms) => ms > FREE * 1000).length;
  return {
    figures,
    lines: [
      ...toLines(name, figures, size),
      atMost(name, "pictures made again", figures.again, figures.kills),
      atMost(name, `times that the lane was free later than ${FREE} s`, late, 0),
    ],
  };
}

/**
 * Prompts that a ComfyUI which is killed may take with it: the one that it paints and, since this one has no disk to
 * keep pictures on, the one that is being fetched.
 */
export const LOST_WITH_COMFY = 2;

/** The same while ComfyUI is killed and started again every few seconds. */
export async function killComfyToo(
  random: Random,
  size: Size,
  pace?: Pace,
): Promise<{ figures: KillFigures; lines: Line[] }> {
  const name = "and of ComfyUI, pglite";
  await using renderer = await startRenderer(STEP);
  // A picture over which ComfyUI dies twice, with none made between, is set aside, and rightly so.
  let next = 0;
  const restart = async () => {
    await renderer.restart();
    next = renderer.posted.length + LOST_WITH_COMFY + 2;
  };
  const figures = await runKills({
    name,
    random,
    databaseUrl: null,
    renderer,
    ...size,
    disturb: () => disturb(random, restart, pace, () => renderer.reached(next)),
  });
  return { figures, lines: [...toLines(name, figures, size), again(name, figures, LOST_WITH_COMFY)] };
}

/** The same while PostgreSQL is ended every few seconds: fast, at once, or by a kill. */
export async function killPostgresToo(
  random: Random,
  size: Size,
  pace?: Pace,
): Promise<{ figures: KillFigures; lines: Line[] }> {
  const name = "and of PostgreSQL";
  await using started = new AsyncDisposableStack();
  const postgres: Postgres = await startDurable();
  started.defer(() => postgres.stop());
  const renderer = started.use(await startRenderer(STEP));
  let turn = 0;
  const restart = () =>
    postgres.restart((["SIGINT", "SIGQUIT", "SIGKILL"] as const)[turn++ % 3]!, Math.floor(random() * 1_500));
  const figures = await runKills({
    name,
    random,
    databaseUrl: postgres.url,
    renderer,
    ...size,
    disturb: () => disturb(random, restart, pace),
  });
  return { figures, lines: [...toLines(name, figures, size), again(name, figures, 1)] };
}

const again = (
  name: string,
  { again: found, kills, disturbances }: KillFigures,
  lostWithEach: number,
): Line => atMost(name, "pictures made again", found, kills + disturbances * lostWithEach);

function toLines(name: string, figures: KillFigures, size: Size): Line[] {
  const { damage, free } = figures;
  const sorted = free.toSorted((a, b) => a - b);
  const seconds = (ms: number | undefined) => (ms === undefined ? "–" : `${(ms / 1000).toFixed(1)} s`);
  return [
    told(name, "pictures", String(size.shots)),
    told(name, "kills (of them while it started)", `${figures.kills} (${figures.inStart})`),
    told(name, "kills of the other one", String(figures.disturbances)),
    atMost(name, "lost", damage.lost, 0),
    atMost(name, "stored twice", damage.twice, 0),
    atMost(name, "jobs stuck", damage.stuck, 0),
    atMost(name, "jobs failed", damage.failed, 0),
    atMost(name, "not shown as the selected take is", damage.notShown, 0),
    atMost(name, "files that belong to nothing", figures.strays, figures.kills + figures.disturbances),
    atMost(name, "prompts of ours at ComfyUI at once", figures.maxPending, 1),
    told(
      name,
      `lane free again: median, most (of ${free.length})`,
      `${seconds(sorted[Math.floor(free.length / 2)])}, ${seconds(sorted.at(-1))}`,
    ),
    told(name, "ends of its own", String(figures.ownEnds)),
    told(name, "seconds", String(figures.seconds)),
    ...[...figures.errors].map(([what, times]) =>
      told(name, `logged as an error: ${what}`, `${times} times`),
    ),
  ];
}
