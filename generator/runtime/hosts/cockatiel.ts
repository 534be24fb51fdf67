/** A retry policy for cockatiel, versions 3 and 4: it takes the place of `retry()`, alone or wrapped with other policies. */
import type { Call } from "../call.js";
import { heard, pause, type PlatformSignal, throwIfAborted } from "../patience.js";

/** What an attempt gets: how many came before it, and when it is no longer wanted. */
export interface AttemptContext {
  readonly attempt: number;
  readonly signal: PlatformSignal;
}

/** Subscribes to something that happens. */
export type Event<T> = (listener: (data: T) => void) => { dispose(): void };

/** What cockatiel knows as an `IPolicy`. */
export interface AdvisedPolicy {
  readonly _altReturn: never;
  readonly onSuccess: Event<{ duration: number }>;
  readonly onFailure: Event<{ duration: number; handled: boolean; reason: { error: Error } }>;
  /** Before each wait. */
  readonly onRetry: Event<{ error: Error; delay: number; attempt: number }>;
  execute<T>(
    attempt: (context: AttemptContext) => PromiseLike<T> | T,
    signal?: PlatformSignal,
  ): Promise<T>;
}

/**
 * A policy for one call: throw a `CatalogError` for a failure, and read `call.advice` to build the next request. It takes
 * each attempt of the call by itself. It can be wrapped with other policies, such as a circuit breaker; wrap it in no
 * other retry. An abort rejects with the signal's reason, in the wait as well, and nothing more is sent.
 */
export function advisedRetry(call: Call): AdvisedPolicy {
  const success = emitter<{ duration: number }>();
  const failure = emitter<{ duration: number; handled: boolean; reason: { error: Error } }>();
  const retry = emitter<{ error: Error; delay: number; attempt: number }>();
  return {
    _altReturn: undefined as never,
    onSuccess: success.on,
    onFailure: failure.on,
    onRetry: retry.on,
    async execute(fn, signal = new platform.AbortController().signal) {
      for (let attempt = 0; ; attempt++) {
        const start = platform.performance.now();
        const duration = (): number => platform.performance.now() - start;
        let value: Awaited<ReturnType<typeof fn>>;
        throwIfAborted(signal);
        try {
          value = await call.attempt(() => {
            // The gate may have taken a while.
            throwIfAborted(signal);
            return fn({ attempt, signal });
          });
        } catch (thrown) {
          const error = thrown as Error;
          const advice = heard(call, error, signal);
          const handled = advice.do === "retry";
          failure.emit({ duration: duration(), handled, reason: { error } });
          if (!handled) throw error;
          retry.emit({ error, delay: advice.delayMs, attempt: attempt + 1 });
          await pause(advice.delayMs, signal);
          continue;
        }
        success.emit({ duration: duration() });
        return value;
      }
    },
  };
}

/** What every platform has, and neither the language nor the types used here. */
const platform = globalThis as unknown as {
  readonly AbortController: new () => { readonly signal: PlatformSignal };
  readonly performance: { now(): number };
};

function emitter<T>(): { readonly on: Event<T>; emit(data: T): void } {
  const listeners = new Set<(data: T) => void>();
  return {
    on: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    emit: (data) => {
      for (const listener of listeners) listener(data);
    },
  };
}
