/**
 * Runs a pass at a time: whenever somebody asks, and when the pass before said. `pass` returns in how many ms it wants to run
 * again; `Infinity` for when somebody asks. Waits are cut into pieces of a second, so that a deadline, an abort or a clock that
 * was set is not noticed at the end of a long pause only.
 */
export function inRounds(
  pass: () => Promise<number>,
  monotonic: () => number,
  wait: (ms: number) => Promise<void>,
): () => void {
  let isRunning = false;
  let isAsked = false;
  /** When the next pass runs that nobody has asked for. */
  let alarmAt = Infinity;

  const setAlarm = async (ms: number): Promise<void> => {
    const at = monotonic() + ms;
    if (at >= alarmAt) return;
    alarmAt = at;
    await wait(ms);
    // An earlier alarm may have been set since, and have run.
    if (alarmAt === at) alarmAt = Infinity;
    ask();
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    let nextMs = Infinity;
    while (isAsked) {
      isAsked = false;
      nextMs = await pass();
    }
    isRunning = false;
    if (nextMs < Infinity) await setAlarm(Math.min(Math.max(1, Math.ceil(nextMs)), pieceMs));
  };
  const ask = (): void => {
    isAsked = true;
    if (!isRunning) void run();
  };
  return ask;
}

const pieceMs = 1_000;
