/** ms that a close handshake may take before the socket counts as closed. */
const PATIENCE = 1_000;
/** ms that a socket may take to open. */
const OPENING = 8_000;

/**
 * A WebSocket class whose `close()` is over after a second, and whose opening is after eight. On a half-open link
 * browsers wait about a minute for the other side's close frame, and minutes for its handshake; tRPC's keepAlive
 * reconnects only after the one, and watches nothing before the other.
 */
export function fastCloseWebSocket(Base: typeof WebSocket): typeof WebSocket {
  return class extends Base {
    #isClosed = false;
    #hasFailed = false;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("close", (event) => {
        if (this.#isClosed) event.stopImmediatePropagation();
        this.#isClosed = true;
      });
      this.addEventListener("error", (event) => {
        if (this.#hasFailed) event.stopImmediatePropagation();
        this.#hasFailed = true;
      });
      const opening = setTimeout(() => this.close(), OPENING);
      for (const end of ["open", "error", "close"])
        this.addEventListener(end, () => clearTimeout(opening), { once: true });
    }

    override close(code?: number, reason?: string): void {
      const isOpening = this.readyState === this.CONNECTING;
      super.close(code, reason);
      setTimeout(() => {
        if (this.#isClosed || this.readyState === this.CLOSED) return;
        // One that never opened has failed, which some wait for in place of a close.
        if (isOpening) this.dispatchEvent(new Event("error"));
        // Not a CloseEvent: Node has that class from 23 on.
        const told = { code: 4408, reason: "no answer", wasClean: false };
        this.dispatchEvent(Object.assign(new Event("close"), told));
      }, PATIENCE);
    }
  };
}
