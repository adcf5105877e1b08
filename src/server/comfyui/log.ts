/** Where the client writes what a user need not see. Any logger with these two methods will do. */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

export const silentLog: Logger = { debug: () => undefined, warn: () => undefined };
