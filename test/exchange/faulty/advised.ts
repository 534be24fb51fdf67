/** What our clients of all three venues have in common: calls that mind the venue's pauses, and looking things up. */
import {
  type Advice,
  type AdviceInput,
  type AnyOperation,
  type Call,
  type Failure,
  type HttpResponse,
  type Reply,
  type Retry,
  startCall,
  type TransportFailure,
} from "trading-api-errors";
import { sleep } from "./clock.js";
import type { Host } from "./hosts.js";
import type { World } from "./world.js";
import type { VenueRequest } from "../venue.js";

/** The API as the generated package has it. */
export interface Api<Op extends string> {
  advise(failure: never, input: AdviceInput<Op>): Advice;
  decode(response: HttpResponse): Reply;
  /** For how long no request is wanted after one that was turned away, the `row`-th in a row. */
  quietMs(failure: Failure, row: number): number;
  /** The time that the limit is counted by: who gave up in vain begins with a fresh one. */
  readonly windowMs: number;
}

interface Beginning {
  readonly keyed?: boolean;
  readonly untilMs?: number;
  /** Whether an earlier call for the same order ended without being settled. */
  readonly unsure?: boolean;
}

export interface Agent<Op extends string> {
  begin(operation: AnyOperation<Op>, options?: Beginning): Call;
  /** Sends through the host. `null`: `call.advice` says what to do. */
  run(
    call: Call,
    build: (advice: Retry | null) => VenueRequest | Promise<VenueRequest>,
  ): Promise<HttpResponse | null>;
  /** Waits until the venue wants to hear from this client again. */
  quiet(): Promise<void>;
}

/** One client: all of its calls share the retry budget, and the pauses that the venue asked for. */
export function agentOf<Op extends string>(api: Api<Op>, host: Host, world: World): Agent<Op> {
  const { network, plan, random } = world;
  const bucket = { tokens: 100 };
  let row = 0;
  let quietUntilMs = -Infinity;

  const note = (failure: Failure | TransportFailure, advice: Advice): void => {
    if ("transport" in failure || failure.category !== "throttled") {
      row = 0;
      return;
    }
    // What the advice says of this call; and what the pages ask for, whichever call it was.
    const advised = advice.do === "retry" ? advice.delayMs : advice.pauseMs;
    const ms = Math.max(advised, api.quietMs(failure, ++row));
    const over = advice.do !== "retry" && advice.why === "attempts" ? api.windowMs : 0;
    quietUntilMs = Date.now() + Math.max(ms, over);
  };
  const quiet = async (): Promise<void> => {
    const ms = quietUntilMs - Date.now();
    if (ms > 0) await sleep(ms);
  };

  return {
    begin(operation, { keyed = false, untilMs = Infinity, unsure = false } = {}) {
      const advise = (failure: Failure | TransportFailure, input: AdviceInput<Op>): Advice => {
        const advice = api.advise(failure as never, input);
        note(failure, advice);
        return advice;
      };
      return startCall(advise, operation, {
        prior: unsure ? "unknown" : "none",
        keyed,
        singleSend: !plan.proxy,
        bucket,
        random,
        ...(untilMs === Infinity ? {} : { deadlineMs: untilMs - Date.now() }),
      });
    },
    async run(call, build) {
      const response = await host({
        network,
        call,
        decode: api.decode,
        build: async (advice) => {
          // A new call knows nothing of the others; a retry has waited as it was advised, and no longer.
          if (advice === null) await quiet();
          return build(advice);
        },
      });
      if (response === null) return null;
      row = 0;
      bucket.tokens = Math.min(100, bucket.tokens + 1);
      return response;
    },
    quiet,
  };
}

/** The body of a successful answer, as text or parsed already. */
export function bodyOf<T>({ body }: HttpResponse): T {
  return (typeof body === "string" ? JSON.parse(body) : body) as T;
}

/**
 * Looks until `read` makes something of what was found: a few times soon, then again from `finalMs` on, when what is
 * absent stays absent. `look` gives `null` when it got no answer; so does this when it found out nothing.
 */
export async function lookUntil<T, R>(
  advice: { readonly looks: number | null; readonly everyMs: number | null },
  finalMs: number,
  look: () => Promise<T | null>,
  read: (found: T, final: boolean) => R | null,
): Promise<R | null> {
  // Where nobody documented or chose it: three looks, a second apart.
  const [looks, everyMs] = [advice.looks ?? 3, advice.everyMs ?? 1_000];
  for (let i = 0; i < looks + 3; i++) {
    if (i >= looks && Date.now() < finalMs) await sleep(finalMs - Date.now());
    else if (i > 0) await sleep(i < looks ? everyMs : 5_000);
    const final = Date.now() >= finalMs;
    const found = await look();
    const result = found === null ? null : read(found, final);
    if (result !== null) return result;
  }
  return null;
}
