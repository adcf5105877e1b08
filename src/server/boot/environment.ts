import { existsSync } from "node:fs";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { join, resolve } from "node:path";
import { z } from "zod";
import { AddressError, parseServerAddress } from "@/server/comfyui/server-address";

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** Whether only programs on this machine reach what listens there. */
const isLoopback = (host: string) => /^(localhost|::1|127(\.\d{1,3}){3})$/i.test(host);

const httpUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
/** Why an address is none for a ComfyUI; null where it is one. */
function addressProblem(text: string): string | null {
  try {
    parseServerAddress(text);
    return null;
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    if (error.reason === "address_refused") return error.message;
    if (error.reason === "credentials_in_address")
      return 'a name and password stand in an address; give them in COMFYUI_HEADERS: {"http://host:8188": {"Authorization": "Basic …"}}';
    return "expected ComfyUI's address, such as http://127.0.0.1:8188, or several with commas between";
  }
}
/** A header as HTTP has it; what else stood in one would end up in the next line. */
function isHeader([name, value]: [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
const list = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** The settings that Shotboard reads from the environment and from `.env`, each with what is expected of it. */
export const environmentSchema = z.object({
  PORT: optional(
    z.coerce
      .number("expected a port number")
      .int()
      .min(0, "expected a port, 0 to 65535")
      .max(65_535, "expected a port, 0 to 65535"),
  ),
  HOST: optional(z.string().max(255)),
  PUBLIC_URL: optional(
    z
      .string()
      .refine(httpUrl, "expected an http or https address, such as https://board.example.org")
      .refine(
        (text) => !httpUrl(text) || new URL(text).username + new URL(text).password === "",
        "expected an address without a name and password",
      ),
  ),
  ALLOWED_HOSTS: optional(z.string().transform(list)),
  DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(
    z.string().regex(/^postgres(ql)?:\/\//, "expected an address that begins with postgres://"),
  ),
  COMFYUI_URL: optional(
    z
      .string()
      .transform(list)
      .superRefine((urls, issues) => {
        const problems = urls.map(addressProblem).filter((one) => one !== null);
        if (urls.length === 0) issues.addIssue(addressProblem("")!);
        else if (problems[0] !== undefined) issues.addIssue(problems[0]);
        else if (new Set(urls.map((url) => parseServerAddress(url).url)).size < urls.length)
          issues.addIssue("an address stands there twice");
      }),
  ),
  COMFYUI_HEADERS: optional(
    z
      .string()
      .transform((text, issues) => {
        try {
          return JSON.parse(text) as unknown;
        } catch (error) {
          issues.addIssue(`expected JSON: ${(error as Error).message}`);
          return z.NEVER;
        }
      })
      .pipe(
        z.record(
          z.string(),
          z
            .record(z.string(), z.string())
            .refine(
              (headers) => Object.entries(headers).every(isHeader),
              "a header's name or value is none that HTTP has: names are words, values one line",
            ),
          'expected headers by server URL: {"http://host:8188": {"Authorization": "…"}}',
        ),
      ),
  ),
  ACCESS_TOKEN: optional(z.string().min(8, "expected at least 8 characters").max(1_000)),
  LOG_LEVEL: optional(
    z.enum(["debug", "info", "warn", "error", "silent"], "expected debug, info, warn, error or silent"),
  ),
});

export interface Environment {
  port: number;
  host: string;
  publicUrl: string | null;
  allowedHosts: string[];
  /** Absolute. */
  dataDir: string;
  databaseUrl: string | null;
  /** Empty: the demo renderer is used. */
  comfyUrls: string[];
  comfyHeaders: Record<string, Record<string, string>>;
  accessToken: string | null;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Whether pages were built, or are compiled as they are asked for. */
  isProduction: boolean;
}

/** A setting is wrong: the message names it, what was expected and what came. */
export class SettingError extends Error {
  override name = "SettingError";
}

/** Takes over a `.env` beside package.json; what is set in the environment already wins. */
export function loadDotEnv(root: string): void {
  const file = join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** The settings of this process. */
export const readEnvironment = (root: string): Environment => parseEnvironment(process.env, root);

/**
 * Parses the settings once.
 * @param root where relative folders begin
 * @throws SettingError
 */
export function parseEnvironment(env: NodeJS.ProcessEnv, root: string): Environment {
  const parsed = environmentSchema.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue!.path[0]);
    // A token is never printed, nor a password inside an address.
    const came =
      name === "ACCESS_TOKEN" || name === "COMFYUI_HEADERS" || name === "DATABASE_URL"
        ? ""
        : `, got "${env[name]?.replace(/\/\/[^/,\s]*@/g, "//…@")}"`;
    throw new SettingError(
      `The setting ${name} is not usable: ${issue!.message}${came}. Change it in the environment or in .env, and start again.`,
    );
  }
  const values = parsed.data;
  const host = values.HOST ?? "127.0.0.1";
  if (!isLoopback(host) && values.ACCESS_TOKEN === undefined)
    throw new SettingError(
      `HOST is "${host}", where other machines reach Shotboard, and ACCESS_TOKEN is not set, so they could all use it. ` +
        "Set ACCESS_TOKEN to a long random word, or take HOST out, and start again.",
    );
  return {
    port: values.PORT ?? 3000,
    host,
    publicUrl: values.PUBLIC_URL ?? null,
    allowedHosts: values.ALLOWED_HOSTS ?? [],
    dataDir: resolve(root, values.DATA_DIR ?? "data"),
    databaseUrl: values.DATABASE_URL ?? null,
    comfyUrls: values.COMFYUI_URL ?? [],
    comfyHeaders: Object.fromEntries(
      Object.entries(values.COMFYUI_HEADERS ?? {}).map(([url, headers]) => [trimSlash(url), headers]),
    ),
    accessToken: values.ACCESS_TOKEN ?? null,
    logLevel: values.LOG_LEVEL ?? "info",
    isProduction: env.NODE_ENV === "production",
  };
}

/** An address without the slashes at its end, so that two spellings are one server. */
export const trimSlash = (url: string): string => url.replace(/\/+$/, "");
