/** ms that a close handshake may take before the socket counts as closed. */
const PATIENCE = 1_000;

/**
 * A WebSocket class whose `close()` is over after a second. On a half-open link browsers wait about a minute
 * for the other side's close frame, and tRPC's keepAlive reconnects only after it.
 */
export function fastCloseWebSocket(Base: typeof WebSocket): typeof WebSocket {
  return class extends Base {
    #isClosed = false;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("close", (event) => {
        if (this.#isClosed) event.stopImmediatePropagation();
        this.#isClosed = true;
      });
    }

    override close(code?: number, reason?: string): void {
      super.close(code, reason);
      setTimeout(() => {
        if (this.#isClosed || this.readyState === this.CLOSED) return;
        // Not a CloseEvent: Node has that class from 23 on.
        const told = { code: 4408, reason: "no answer", wasClean: false };
        this.dispatchEvent(Object.assign(new Event("close"), told));
      }, PATIENCE);
    }
  };
}
