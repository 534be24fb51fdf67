/** Waits that can be given up. */

/** What every platform has, and neither the language nor the types used here. */
const platform = globalThis as unknown as {
  setTimeout(done: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
};

/** Waits. Hosts that have no place for a delay of each failure's own wait with this. */
export function wait(ms: number): Promise<void> {
  return new Promise((done) => void platform.setTimeout(done, ms));
}

/** A wait that ends early once it is cancelled, and then keeps no process alive. */
export function cancellable(ms: number): { readonly over: Promise<void>; cancel(): void } {
  let cancel = (): void => {};
  const over = new Promise<void>((done) => {
    const timer = platform.setTimeout(done, ms);
    cancel = () => {
      platform.clearTimeout(timer);
      done();
    };
  });
  return { over, cancel: () => cancel() };
}

/** What several may wait for, and what may happen again and again. */
export function bell(): { next(): Promise<void>; ring(): void } {
  const waiting: (() => void)[] = [];
  return {
    next: () => new Promise((done) => waiting.push(done)),
    ring: () => {
      for (const done of waiting.splice(0)) done();
    },
  };
}
