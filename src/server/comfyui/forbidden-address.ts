import { lookup as lookUp } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Names under which clouds keep the secrets of a machine. */
const NAMES = new Set(["metadata.google.internal", "metadata.goog", "metadata", "instance-data"]);

/** Addresses of a machine's own network service: what runs there tells its keys to whoever asks. */
const addresses = new BlockList();
addresses.addSubnet("169.254.0.0", 16, "ipv4");
// Alibaba's, Oracle's and Azure's.
for (const one of ["100.100.100.200", "192.0.0.192", "168.63.129.16"]) addresses.addAddress(one, "ipv4");
addresses.addSubnet("fe80::", 10, "ipv6");
addresses.addAddress("fd00:ec2::254", "ipv6");
addresses.addAddress("fd20:ce::254", "ipv6");
// The same again, as IPv6 writes IPv4: compatible, translated, and 6to4.
addresses.addSubnet("::a9fe:0", 112, "ipv6");
addresses.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
addresses.addSubnet("2002:a9fe::", 32, "ipv6");

const isForbiddenIp = (ip: string) => addresses.check(ip, isIP(ip) === 6 ? "ipv6" : "ipv4");

/** Whether a host, as a URL has it, is the machine's own network service, never a ComfyUI. */
export function isForbiddenHost(hostname: string): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  return isIP(host) === 0 ? NAMES.has(host) : isForbiddenIp(host);
}

/** The forbidden address that a name leads to; null where it leads to none, or nothing is known of it. */
export async function findForbidden(hostname: string): Promise<string | null> {
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return null;
  return new Promise((resolve) => {
    // A name that is not known is the connection's to tell.
    lookUp(hostname, { all: true }, (error, found) => resolve(error ? null : forbiddenIn(found)));
  });
}

/** Looks a name up for a connection, which is refused where the name leads to a forbidden address. */
export const lookUpAllowed: LookupFunction = (hostname, options, done) => {
  lookUp(hostname, { ...options, all: true }, (error, found) => {
    const forbidden = error ? null : forbiddenIn(found);
    if (forbidden !== null) done(new Error(`${hostname} leads to ${forbidden}, which is refused`), "", 0);
    else if (error || options.all) done(error, found);
    else done(null, found[0]!.address, found[0]!.family);
  });
};

const forbiddenIn = (found: { address: string }[]): string | null =>
  found.find(({ address }) => isForbiddenIp(address.split("%")[0]!))?.address ?? null;
