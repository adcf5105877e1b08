import { text, timestamp } from "drizzle-orm/pg-core";

export const id = () => text().primaryKey();
/** Milliseconds, as JavaScript has them: a list's cursor that names a row's time finds that row again. */
export const time = () => timestamp({ withTimezone: true, mode: "date", precision: 3 });
export const createdAt = () => time().notNull().defaultNow();
