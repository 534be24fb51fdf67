/** One run for all who want the same thing at the same time. */

/** See `Gate`. */
export interface Runs {
  once<T>(step: string, had: T | undefined, run: () => Promise<T>): Promise<T>;
  results(): ReadonlyMap<string, unknown>;
}

/** Joins runs of the same step, and remembers the latest result of each. */
export function joinRuns(): Runs {
  const running = new Map<string, Promise<unknown>>();
  const results = new Map<string, unknown>();
  const once = async <T>(step: string, had: T | undefined, run: () => Promise<T>): Promise<T> => {
    const joined = running.get(step);
    if (joined !== undefined) return joined as Promise<T>;
    if (results.has(step) && !Object.is(results.get(step), had)) return results.get(step) as T;
    // A run that throws before it waits for anything is one that fails, too.
    const started = Promise.resolve().then(run);
    running.set(step, started);
    try {
      const result = await started;
      results.set(step, result);
      return result;
    } finally {
      running.delete(step);
    }
  };
  return { once, results: () => new Map(results) };
}
