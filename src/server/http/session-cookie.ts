import { createHmac, scryptSync } from "node:crypto";
import { isSame } from "./is-same";

/** Cookie that a browser gets once it was let in. */
const NAME = "shotboard_token";
/** s that it holds. */
const LIFE = 30 * 24 * 3600;

/**
 * The cookie of a browser that was let in: when that was, signed with what the token makes. It outlives restarts,
 * dies with the token, and does not tell it: to try tokens against one costs as long as scrypt takes for each.
 */
export class SessionCookie {
  readonly #key: Buffer;
  readonly #attributes: string;

  /** @param isSecure whether browsers reach us by https alone */
  constructor(token: string, isSecure: boolean) {
    this.#key = scryptSync(token, "shotboard session", 32);
    this.#attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${LIFE}${isSecure ? "; Secure" : ""}`;
  }

  /** The value of a `set-cookie` header that lets a browser in. */
  make(): string {
    const from = Math.floor(Date.now() / 1_000).toString(36);
    return `${NAME}=${from}.${this.#sign(from)}; ${this.#attributes}`;
  }

  /** Whether a cookie's value was made by us, with this token, and holds still. */
  isOurs(value: string | null | undefined): boolean {
    const [from = "", signature = ""] = (value ?? "").split(".");
    if (!isSame(signature, this.#sign(from))) return false;
    return Number.parseInt(from, 36) + LIFE > Date.now() / 1_000;
  }

  /** Whether a `cookie` header holds such a one, among others. */
  isIn(header: string | undefined): boolean {
    return (header ?? "").split(";").some((pair) => {
      const at = pair.indexOf("=");
      return pair.slice(0, at).trim() === NAME && this.isOurs(pair.slice(at + 1).trim());
    });
  }

  #sign(from: string): string {
    return createHmac("sha256", this.#key).update(from).digest("base64url");
  }
}
