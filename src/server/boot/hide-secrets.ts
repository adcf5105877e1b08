import type { Environment } from "./environment";

/** What looks like a secret, whoever wrote it: logins, tokens in addresses, cookies. */
const PATTERNS: [pattern: RegExp, shown: string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, "$1 …"],
  [/([?&](?:token|access_token|api_key|key|password)=)[^&\s"\\]+/gi, "$1…"],
  [/(:\/\/)[^/\s"\\@]+@/g, "$1…@"],
  [/(shotboard_token=)[\w.-]+/g, "$1…"],
];
/** A shorter word stands in many texts that are no secret. */
const SHORTEST = 6;

/** The settings that nobody may read in a log. */
export function secretsOf({ accessToken, comfyHeaders, databaseUrl }: Environment): string[] {
  const headers = Object.values(comfyHeaders).flatMap((one) => Object.values(one));
  const login = databaseUrl !== null && URL.canParse(databaseUrl) ? new URL(databaseUrl).password : "";
  return [accessToken ?? "", ...headers, ...headers.map((one) => one.split(" ").at(-1)!), login];
}

/** Makes of a line of JSON one without secrets: neither these, nor what looks like one. */
export function hideSecrets(secrets: readonly string[]): (line: string) => string {
  const known = secrets
    .filter((one) => one.length >= SHORTEST)
    .flatMap((one) => [JSON.stringify(one).slice(1, -1), encodeURIComponent(one)])
    .toSorted((a, b) => b.length - a.length);
  return (line) => {
    let shown = line;
    for (const secret of known) shown = shown.replaceAll(secret, "…");
    for (const [pattern, instead] of PATTERNS) shown = shown.replace(pattern, instead);
    return shown;
  };
}
