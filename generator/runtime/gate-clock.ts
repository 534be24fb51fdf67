/**
 * The clock of an account, on which all of its processes agree.
 *
 * It begins as the wall clock, the only one that processes share. From then on each process carries it forward by its own
 * monotonic clock, and by what it reads in the store, and so it never goes back: a wall clock that is set back, or stands
 * still, changes nothing.
 *
 * A wall clock that is ahead of it has either been set, or the machine slept and its monotonic clock stood still; nobody can
 * tell which. The account's clock follows, so that all processes agree again, but time that only the wall clock saw ends no
 * wait: what is kept in the store moves along by the same time. So a wait may last longer than it had to, by less than its own
 * length, and never ends early. Only what happened before a process was started is judged by the wall clock alone; so the
 * clocks of the machines that share an account should agree as well as NTP makes them.
 */
export interface AccountClock {
  /** What time it is, given that of the state in the store. */
  read(atMs: number | null): Reading;
  /** What was made of the reading is in the store, with all else moved along by what was gained. */
  written(reading: Reading): void;
}

/** In ms. */
export interface Reading {
  readonly now: number;
  /** How much of it only the wall clock saw. */
  readonly gained: number;
  /** The same moment by the monotonic clock. */
  readonly at: number;
}

export function accountClock(wall: () => number, monotonic: () => number): AccountClock {
  let known = finite(wall()) ?? 0;
  let knownAt = monotonic();
  const set = (ms: number, at: number): void => {
    known = ms;
    knownAt = at;
  };
  return {
    read: (atMs) => {
      const at = monotonic();
      const carried = known + Math.max(0, at - knownAt);
      if (atMs !== null && atMs > carried) set(atMs, at);
      const counted = Math.max(carried, atMs ?? -Infinity);
      const now = Math.max(counted, finite(wall()) ?? -Infinity);
      return { now, gained: now - counted, at };
    },
    written: ({ now, at }) => set(now, at),
  };
}

function finite(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null;
}
