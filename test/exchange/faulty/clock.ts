/**
 * Virtual time: timers wait in a heap, and whenever nothing else is left to do the clock jumps to the next of them. So
 * an hour of waiting takes no time, and thousands of runs share each jump.
 */

/** Any instant would do; a fixed one makes runs repeatable. */
const epochMs = Date.UTC(2026, 0, 1);

/** How often the event loop turns before it counts as idle: one turn ends what promises and streams began, one is to spare. */
const idleTurns = 2;

/** Node.js fires a longer timer at once. */
const maxDelayMs = 2 ** 31 - 1;

interface Timer {
  fire: (() => void) | null;
  ref(): Timer;
  unref(): Timer;
  hasRef(): boolean;
}

let inForce = false;

/** Calls `run` under a virtual clock, and resolves once no timer is left. The real clock is back then. */
export async function inVirtualTime(run: () => void): Promise<void> {
  if (inForce) throw new Error("There is one virtual time at a time");
  inForce = true;
  const real = { setTimeout, clearTimeout, now: Date.now, random: Math.random };
  const performanceNow = Object.getOwnPropertyDescriptor(performance, "now");
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
  const due = new Map<number, Timer[]>();
  const times = heap();
  let now = 0;

  const setVirtual = (fire: (...args: unknown[]) => void, ms = 1, ...args: unknown[]): Timer => {
    const delay = ms >= 1 && ms <= maxDelayMs ? Math.trunc(ms) : 1;
    const timer: Timer = {
      fire: () => fire(...args),
      ref: () => timer,
      unref: () => timer,
      hasRef: () => true,
    };
    const at = now + delay;
    const list = due.get(at);
    if (list !== undefined) list.push(timer);
    else {
      due.set(at, [timer]);
      times.push(at);
    }
    return timer;
  };
  const clearVirtual = (timer: unknown): void => {
    if (typeof timer === "object" && timer !== null && "fire" in timer) timer.fire = null;
    else real.clearTimeout(timer as NodeJS.Timeout);
  };

  Object.assign(globalThis, { setTimeout: setVirtual, clearTimeout: clearVirtual });
  Date.now = () => epochMs + now;
  Object.defineProperty(performance, "now", {
    value: () => now,
    configurable: true,
    writable: true,
  });
  // Libraries draw their jitter here; what they draw must not differ from one time to the next.
  Math.random = () => 0.5;
  try {
    run();
    for (;;) {
      for (let i = 0; i < idleTurns; i++) await turn();
      const at = times.pop();
      if (at === undefined) return;
      now = at;
      const timers = due.get(at)!;
      due.delete(at);
      for (const timer of timers) timer.fire?.();
    }
  } finally {
    inForce = false;
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
    Math.random = real.random;
    if (performanceNow === undefined) Reflect.deleteProperty(performance, "now");
    else Object.defineProperty(performance, "now", performanceNow);
  }
}

/** Waits in the time that is in force. */
export function sleep(ms: number): Promise<void> {
  return new Promise((done) => void setTimeout(done, ms));
}

/** The smallest number first. */
function heap(): { push(value: number): void; pop(): number | undefined } {
  const list: number[] = [];
  return {
    push(value) {
      let at = list.push(value) - 1;
      while (at > 0) {
        const up = (at - 1) >> 1;
        if (list[up]! <= value) break;
        list[at] = list[up]!;
        at = up;
      }
      list[at] = value;
    },
    pop() {
      const top = list[0];
      const last = list.pop();
      if (last === undefined || list.length === 0) return top;
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= list.length) break;
        if (down + 1 < list.length && list[down + 1]! < list[down]!) down++;
        if (list[down]! >= last) break;
        list[at] = list[down]!;
        at = down;
      }
      list[at] = last;
      return top;
    },
  };
}
