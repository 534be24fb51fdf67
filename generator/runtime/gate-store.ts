/** Where a gate keeps its state: in this process, or wherever several processes can read and replace a text. */

/** What a gate keeps, where several processes can share it: a text for each name, replaced only by whoever saw the last one. */
export interface GateStore {
  /** The text; `null` where there is none. */
  read(name: string): Promise<string | null>;
  /** Whether it was still `from`, and is `to` now. It may be forgotten after `ttlMs`. */
  replace(name: string, from: string | null, to: string, ttlMs: number): Promise<boolean>;
}

/** A store for the gates of one process. It forgets nothing. */
export function memoryStore(): GateStore {
  const texts = new Map<string, string>();
  const store: GateStore = {
    read: async (name) => texts.get(name) ?? null,
    replace: async (name, from, to) => {
      if ((texts.get(name) ?? null) !== from) return false;
      texts.set(name, to);
      return true;
    },
  };
  local.add(store);
  return store;
}

/** What a store answers; it throws a `TimeoutError` when it takes too long, since some clients wait for a lost server without end. */
export async function inTime<T>(store: GateStore, ask: () => Promise<T>): Promise<T> {
  // The memory is there.
  if (local.has(store)) return ask();
  const { setTimeout, clearTimeout } = globalThis as unknown as {
    setTimeout(done: () => void, ms: number): unknown;
    clearTimeout(timer: unknown): void;
  };
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`The store did not answer within ${storeMs} ms.`);
      reject(Object.assign(error, { name: "TimeoutError" }));
    }, storeMs);
  });
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
}

const storeMs = 2_000;

/** The stores that are memory. */
const local = new WeakSet<GateStore>();
