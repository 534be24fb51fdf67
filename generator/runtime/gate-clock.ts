/**
 * The clock of an account, on which its processes agree. Waits end by it, so it may be slow, but never fast.
 *
 * Whoever writes the state writes down what time it was by this clock, and by its wall clock. A process that sees what it wrote
 * or saw before carries the time on by its monotonic clock, whatever the wall clock does meanwhile. Of what another process
 * wrote, only the wall clock tells how long ago it was; but no less than no time has passed since, and no more than the
 * process's own monotonic clock has counted since it last looked.
 *
 * So a wall clock that is set back or stands still makes a wait at most begin again, and one that is set forward ends none, unless
 * it was set back by as much since the process last looked. While a machine sleeps, and its monotonic clock stands still, no
 * wait ends that only this machine knows of. A process that has just started has nothing but its wall clock, which has to agree
 * with that of the last writer; a difference of up to `skewMs` is allowed for.
 */
export interface AccountClock {
  /** What time it is, given the text in the store, and the times that it holds. */
  read(text: string | null, written: Written | null): Reading;
  /** The text was written, with the times of the reading. */
  wrote(text: string, reading: Reading): void;
}

/** When a state was written, in ms: by the account's clock, and by the wall clock of the process that wrote it. */
export interface Written {
  readonly at: number;
  readonly wall: number;
}

export interface Reading extends Written {
  /** The same moment by the monotonic clock, in ms. */
  readonly monotonic: number;
}

export function accountClock(wall: () => number, monotonic: () => number): AccountClock {
  /** The last look; nothing has no time. */
  let last: (Omit<Reading, "at"> & { text: string | null; at: number | null }) | null = null;
  return {
    read: (text, written) => {
      const now = { wall: finite(wall()) ?? last?.wall ?? 0, monotonic: monotonic() };
      const sinceMs = last === null ? Infinity : Math.max(0, now.monotonic - last.monotonic);
      let at = written?.at ?? now.wall;
      if (written !== null) {
        const mostMs = (last?.at ?? at) + sinceMs - at;
        // The wall clock may have been set since it was written, if it has gone faster than the other one.
        const slackMs = last === null ? skewMs : Math.max(0, now.wall - last.wall - sinceMs);
        const wallMs = now.wall - written.wall - slackMs;
        at += last?.text === text ? mostMs : Math.max(0, Math.min(wallMs, mostMs));
      }
      last = { ...now, text, at: written === null ? null : at };
      return { ...now, at };
    },
    wrote: (text, reading) => {
      last = { ...reading, text };
    },
  };
}

function finite(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null;
}

/** How much the wall clocks of two machines may differ, in ms. */
const skewMs = 100;
