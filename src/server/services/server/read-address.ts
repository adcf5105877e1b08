import { badRequest } from "@/lib/errors";
import type { ServerAddressInput } from "@/lib/schemas/server";
import { AddressError, parseServerAddress } from "@/server/comfyui/server-address";
import type { ServerSetting } from "../context";

const EXAMPLE = "Enter it as a browser shows it, for example http://127.0.0.1:8188.";
const HEADER = "Leave them out of it, and give a header instead: Authorization, with the value Basic ….";

/**
 * An address as it was typed, made whole: with its scheme, without what a browser adds behind it.
 * @throws ShotboardError at `url`
 */
export function readAddress({ url: typed, headers = {} }: ServerAddressInput): ServerSetting {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  try {
    const { url, headers: sent } = parseServerAddress(text, headers);
    return { url, headers: { ...sent } };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    const message =
      error.reason === "bad_address"
        ? `Expected the address of a ComfyUI, got "${typed.replace(/\/\/.*@/, "//…@")}".`
        : error.message;
    throw badRequest(
      error.reason,
      message,
      "url",
      error.reason === "credentials_in_address" ? HEADER : EXAMPLE,
    );
  }
}
