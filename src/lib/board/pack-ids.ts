const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Characters of a packed id: 16 bytes in base64. */
const LENGTH = 22;
const NOTHING = " ".repeat(LENGTH);

/** Ids as one string, at three fifths of their length; null where one of them is neither a UUID nor null. */
export function packIds(ids: readonly unknown[]): string | null {
  let packed = "";
  for (const id of ids) {
    if (id === null) packed += NOTHING;
    else if (typeof id !== "string" || !UUID.test(id)) return null;
    else packed += pack(id);
  }
  return packed;
}

/** What `packIds` was given. */
export function unpackIds(packed: string): (string | null)[] {
  return Array.from({ length: packed.length / LENGTH }, (_, index) => {
    const one = packed.slice(index * LENGTH, (index + 1) * LENGTH);
    return one === NOTHING ? null : unpack(one);
  });
}

function pack(id: string): string {
  const hex = id.replaceAll("-", "");
  let bytes = "";
  for (let at = 0; at < hex.length; at += 2)
    bytes += String.fromCharCode(Number.parseInt(hex.slice(at, at + 2), 16));
  return btoa(bytes).slice(0, LENGTH);
}

function unpack(packed: string): string {
  const bytes = atob(packed);
  let hex = "";
  for (let at = 0; at < bytes.length; at += 1) hex += bytes.charCodeAt(at).toString(16).padStart(2, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
