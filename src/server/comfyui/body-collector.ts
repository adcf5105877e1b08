/** Takes in the pieces of an answer's body. */
export interface BodyCollector {
  /** @returns how many bytes it holds now */
  add(piece: Uint8Array): number;
  /** What it holds, whole. */
  take(): Uint8Array;
}

/** Keeps all of it. */
export class WholeBody implements BodyCollector {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  add(piece: Uint8Array): number {
    this.#pieces.push(piece);
    return (this.#length += piece.byteLength);
  }

  take(): Uint8Array {
    const [first] = this.#pieces;
    return this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces, this.#length);
  }
}

/** From this size on only what is wanted of a JSON object is kept. */
const LARGE = 1024 * 1024;
const [QUOTE, BACKSLASH, COMMA, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [...'"\\,{}[]'].map((one) =>
  one.charCodeAt(0),
);

/**
 * Keeps a JSON object as it is while it is small, and of a large one the member that is asked for alone: a server that
 * answers with all its thousands of node classes shall take neither the memory nor, all at once, the time for them.
 */
export class JsonMember implements BodyCollector {
  readonly #name: string;
  #whole: WholeBody | null = new WholeBody();
  readonly #kept: Buffer[] = [];
  #length = 0;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Bytes of the name of the outermost object's member that is being read; null while its value is. */
  #nameBytes: number[] | null = [];
  /** Whether the value that is being read is the wanted one. */
  #isWanted = false;

  constructor(name: string) {
    this.#name = name;
  }

  add(piece: Uint8Array): number {
    if (!this.#whole) return this.#sift(piece);
    const length = this.#whole.add(piece);
    if (length <= LARGE) return length;
    const all = this.#whole.take();
    this.#whole = null;
    return this.#sift(all);
  }

  take(): Uint8Array {
    if (this.#whole) return this.#whole.take();
    const value = Buffer.concat(this.#kept, this.#length);
    return value.length === 0 ? Buffer.from("{}") : Buffer.from(`{${JSON.stringify(this.#name)}${value}}`);
  }

  #sift(piece: Uint8Array): number {
    let from = this.#isWanted ? 0 : -1;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at]!;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) {
          this.#isInString = false;
          if (this.#depth === 1 && this.#nameBytes) {
            this.#isWanted = this.#isName(this.#nameBytes);
            this.#nameBytes = null;
            // From the colon on.
            if (this.#isWanted) from = at + 1;
            continue;
          }
        }
        if (this.#depth === 1) this.#nameBytes?.push(byte);
        continue;
      }
      if (byte === QUOTE) this.#isInString = true;
      else if (byte === OPEN || byte === OPEN_LIST) this.#depth += 1;
      else if (byte === CLOSE || byte === CLOSE_LIST) this.#depth -= 1;
      const isOver = (byte === COMMA && this.#depth === 1) || (byte === CLOSE && this.#depth === 0);
      if (!isOver) continue;
      if (this.#isWanted) this.#keep(piece.subarray(from, at));
      this.#isWanted = false;
      this.#nameBytes = [];
    }
    if (this.#isWanted) this.#keep(piece.subarray(from));
    return this.#length;
  }

  #isName(bytes: number[]): boolean {
    try {
      return JSON.parse(`"${Buffer.from(bytes).toString("utf8")}"`) === this.#name;
    } catch {
      return false;
    }
  }

  /** A copy: the piece is a view of what the connection has read. */
  #keep(bytes: Uint8Array): void {
    this.#kept.push(Buffer.from(bytes));
    this.#length += bytes.byteLength;
  }
}
