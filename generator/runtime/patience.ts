/** How long to wait, and for whom: the time of an attempt, and the caller who may call it off. */
import type { Advice } from "./advice.js";
import type { Call } from "./call.js";
import { isRefusal } from "./transport.js";

/** The platform's own AbortSignal, where it has one. */
export type PlatformSignal = typeof globalThis extends { AbortSignal: { prototype: infer S } }
  ? S
  : { readonly aborted: boolean };

/** What is needed of an AbortSignal. */
interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** For each attempt, where the user says nothing else: as long as ky has it. */
export const defaultTimeoutMs = 10_000;

/** One attempt's time. Its signal is aborted at the end of it, or by the caller's. */
export interface Patience {
  readonly signal: PlatformSignal;
  /** What comes first: the work, or the end of the patience, with the reason that it ended for. */
  race<T>(work: PromiseLike<T>): Promise<T>;
  /** Nobody waits any more. */
  done(): void;
}

/** Begins to wait for at most `timeoutMs` ms. */
export function patience(timeoutMs: number, caller?: PlatformSignal | null): Patience {
  // Not AbortSignal.any: of a timeout in it Node.js 20 keeps no hold (nodejs/node#57736).
  const controller = new platform.AbortController();
  const ends = new Set<(reason: unknown) => void>();
  const end = (reason: unknown): void => {
    if (isAborted(controller.signal)) return;
    controller.abort(reason);
    for (const tell of ends) tell(reason);
  };
  const late = (): void => {
    const error = new Error(`No complete answer within ${timeoutMs} ms`);
    error.name = "TimeoutError";
    end(error);
  };
  const timer = timeoutMs < longest ? platform.setTimeout(late, timeoutMs) : undefined;
  const off = onAbort(caller, end);
  return {
    signal: controller.signal,
    race: (work) =>
      new Promise((resolve, reject) => {
        ends.add(reject);
        if (isAborted(controller.signal)) reject(reasonOf(controller.signal));
        work.then(resolve, reject);
      }),
    done: () => {
      platform.clearTimeout(timer);
      off();
    },
  };
}

/** Waits for so many ms. Rejects with the caller's reason as soon as the caller aborts. */
export async function pause(ms: number, caller?: PlatformSignal | null): Promise<void> {
  throwIfAborted(caller);
  await new Promise<void>((done, reject) => {
    const timer = platform.setTimeout(() => {
      off();
      done();
    }, ms);
    const off = onAbort(caller, (reason) => {
      platform.clearTimeout(timer);
      // Whatever the caller gave as the reason, as fetch does.
      reject(reason);
    });
  });
}

/** Asks what to do after an error. There is no other attempt once the caller has aborted. */
export function heard(call: Call, error: unknown, caller?: PlatformSignal | null): Advice {
  if (!isAborted(caller) || isRefusal(error)) return call.threw(error);
  // The reason is the caller's own, and no answer of the vendor's.
  return call.ended(Object.assign(new Error("Aborted"), { name: "AbortError" }));
}

export function isAborted(signal?: PlatformSignal | null): boolean {
  return signal?.aborted === true;
}

export function throwIfAborted(signal?: PlatformSignal | null): void {
  if (isAborted(signal)) throw reasonOf(signal);
}

/** Why a signal was aborted. */
export function reasonOf(signal?: PlatformSignal | null): unknown {
  return (signal as Signal | null | undefined)?.reason;
}

/** Tells of an abort, at once if there was one already. What it returns stops that. */
export function onAbort(
  signal: PlatformSignal | null | undefined,
  tell: (reason: unknown) => void,
): () => void {
  if (signal === null || signal === undefined) return () => {};
  const own = signal as unknown as Signal;
  const listener = (): void => tell(own.reason);
  if (own.aborted) listener();
  else own.addEventListener("abort", listener);
  return () => own.removeEventListener("abort", listener);
}

/** Timers take no longer waits. */
const longest = 2 ** 31;

/** What every platform has, and neither the language nor the types used here. */
const platform = globalThis as unknown as {
  readonly AbortController: new () => {
    readonly signal: PlatformSignal;
    abort(reason: unknown): void;
  };
  setTimeout(done: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
};
