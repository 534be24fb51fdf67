/** What really happened in a run, which only the venue knows. */
export interface Ledger {
  /** When each order was executed, by the reference that no copy of it changes. */
  readonly executions: Map<string, number[]>;
  /** How long the venue is going to be short of patience with this client. */
  notBeforeMs: number;
  /** Whether it turned the last request away for coming too fast. */
  throttled: boolean;
  /** What it asks for with the answer that it just gave; `null` if nothing. */
  asks: Asks | null;
  /** Whoever listens on a socket. */
  heard: ((reference: string) => void) | null;
}

/** A wait, which may grow with the row of such answers to one request. */
export interface Asks {
  readonly atMs: number;
  waitMs(row: number): number;
}

export function openLedger(): Ledger {
  return {
    executions: new Map(),
    notBeforeMs: -Infinity,
    throttled: false,
    asks: null,
    heard: null,
  };
}

export function execute(ledger: Ledger, reference: string, nowMs: number): void {
  const list = ledger.executions.get(reference);
  if (list === undefined) ledger.executions.set(reference, [nowMs]);
  else list.push(nowMs);
  ledger.heard?.(reference);
}

/** The venue turns a request away and asks for a wait. */
export function throttle(ledger: Ledger, nowMs: number, waitMs: Asks["waitMs"]): void {
  ledger.throttled = true;
  ledger.notBeforeMs = nowMs + waitMs(1);
  ledger.asks = { atMs: nowMs, waitMs };
}

/** The venue answers a request in another way. */
export function serve(ledger: Ledger): void {
  ledger.throttled = false;
  ledger.asks = null;
}

/** What a client has been asked to wait for, from the answers that it heard. */
export interface Heard {
  untilMs: number;
  /** How often in a row each request was turned away. */
  readonly rows: Map<string, { row: number; atMs: number }>;
}

/** After a minute of silence every limit of the pages is a fresh one. */
const freshMs = 60_000;

export function hear(heard: Heard, request: string, asks: Asks | null): void {
  if (asks === null) {
    heard.rows.clear();
    return;
  }
  const last = heard.rows.get(request);
  const row = last !== undefined && asks.atMs - last.atMs < freshMs ? last.row + 1 : 1;
  heard.rows.set(request, { row, atMs: asks.atMs });
  heard.untilMs = Math.max(heard.untilMs, asks.atMs + asks.waitMs(row));
}
