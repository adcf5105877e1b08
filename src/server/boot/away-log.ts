import { isDatabaseAway } from "@/lib/database-away";
import type { Log } from "@/lib/log";

/** ms for which one word that the database is away is enough. */
const ENOUGH = 60_000;

/**
 * The same log, but that the database is away is told once a minute and not each time that something notices it: all
 * of that goes on by itself when it is back. Whoever looks for more finds it at the level `debug`.
 * @param now ms since 1970
 */
export function quietWhileAway(log: Log, now: () => number = Date.now): Log {
  let toldAt = -Infinity;
  let untold = 0;
  const noted =
    (level: "warn" | "error"): Log["warn"] =>
    (message, fields = {}) => {
      if (!isDatabaseAway(fields["error"])) return log[level](message, fields);
      if (now() - toldAt < ENOUGH) {
        untold += 1;
        return log.debug(message, fields);
      }
      // After a longer while it is another time.
      if (now() - toldAt >= 2 * ENOUGH) untold = 0;
      log.error("The database cannot be reached: all goes on by itself when it is back", {
        noticed: message,
        ...(untold > 0 && { noticedBefore: untold }),
        ...fields,
      });
      toldAt = now();
      untold = 0;
    };
  return { ...log, warn: noted("warn"), error: noted("error") };
}
