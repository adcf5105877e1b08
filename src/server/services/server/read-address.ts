import { isIP } from "node:net";
import { badRequest } from "@/lib/errors";
import type { ServerAddressInput } from "@/lib/schemas/server";
import { parseServerAddress } from "@/server/comfyui/server-address";
import type { ServerSetting } from "../context";

const EXAMPLE = "Enter it as a browser shows it, for example http://127.0.0.1:8188.";
/** Names under which clouds keep the secrets of a machine. */
const METADATA = new Set(["metadata.google.internal", "metadata.goog", "metadata"]);

/**
 * An address as it was typed, made whole: with its scheme, without what a browser adds behind it.
 * @throws ShotboardError at `url`
 */
export function readAddress({ url: typed, headers = {} }: ServerAddressInput): ServerSetting {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw badRequest("bad_address", `Expected the address of a ComfyUI, got "${typed}".`, "url", EXAMPLE);
  if (parsed.username || parsed.password)
    throw badRequest(
      "credentials_in_address",
      "An address with a name and password in it would be shown to everybody here.",
      "url",
      "Leave them out of it, and give a header instead: Authorization, with the value Basic ….",
    );
  const host = parsed.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (METADATA.has(host) || (isIP(host) !== 0 && isLinkLocal(host)))
    throw badRequest(
      "address_refused",
      `${host} is an address of the machine's own network service, never a ComfyUI's.`,
      "url",
      EXAMPLE,
    );
  parsed.search = parsed.hash = "";
  const { url } = parseServerAddress(parsed.href);
  return {
    url,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** 169.254.0.0/16 and fe80::/10, also inside IPv6, and Amazon's own. */
const isLinkLocal = (ip: string) =>
  /^169\.254\.|^fe[89ab][0-9a-f]:|^::ffff:(169\.254\.|a9fe:)|^fd00:ec2::254$/i.test(ip);
