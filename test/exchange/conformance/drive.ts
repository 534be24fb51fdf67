/** One case through one host, and in a few words what came of it. */
import type { Call } from "trading-api-errors";
import { done, type Kind } from "../loopback/calls.js";
import type { Host } from "../loopback/hosts.js";
import { type Answer, listen, type Wire } from "./wire.js";

/** When the caller aborts. The wait is that of a 429, and the gate's that of a call that has to wait there. */
export type Moment = "before" | "sending" | "waiting" | "body";

export interface Plan {
  readonly kind: Kind;
  readonly answers: readonly Answer[];
  readonly timeoutMs?: number;
  readonly abort?: Moment;
  /** The caller's, in place of one that only aborts. */
  readonly signal?: () => AbortSignal;
  /** The least time before the second request, in ms. */
  readonly waitMs?: number;
  /** Makes more than one call, or none by itself. */
  readonly calls?: (send: (call?: Call) => Promise<string>) => Promise<string>;
}

/** Timers may fire a millisecond early, and both ends are rounded. */
const slackMs = 2;
/** Longer than the waits that are called off. */
const settledMs = 600;
/** Nothing takes as long. */
const endlessMs = 8_000;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const delays: Readonly<Record<Moment, number>> = {
  before: 0,
  sending: 50,
  waiting: 100,
  body: 200,
};

/** `<how many> sent: <how it ended>`; the keys of a keyed write do not change here. */
export async function drive(host: Host, plan: Plan): Promise<string> {
  const { kind, answers, abort, waitMs = 0, calls = (send) => send() } = plan;
  const caller = new AbortController();
  let server: Wire;
  const arrives = (): void => {
    if (abort !== undefined) setTimeout(() => caller.abort(), delays[abort]);
  };
  if (abort === "before") caller.abort();
  try {
    server = await listen(answers, arrives);
  } catch (error) {
    return String(error);
  }
  const send = async (call: Call = kind.start()): Promise<string> => {
    const task = {
      url: server.url + kind.path,
      method: kind.method,
      timeoutMs: plan.timeoutMs ?? 10_000,
      signal: plan.signal?.() ?? caller.signal,
      call,
      decode: (response: Parameters<Kind["decode"]>[0]) => kind.decode(response, "u"),
      build: async () => ({ headers: { "content-type": "application/json" }, body: order }),
    };
    try {
      await host.send(task);
      return "success";
    } catch (error) {
      return refusalIn(error) ?? endOf(call, error);
    }
  };
  try {
    const over = sleep(endlessMs).then(() => "no end");
    const end = await Promise.race([calls(send), over]);
    if (abort !== undefined) await sleep(settledMs);
    const [first, second] = server.log;
    const gap = second === undefined ? Infinity : second.atMs - first!.atMs;
    const early = gap < waitMs - slackMs ? `, the second after ${Math.round(gap)} ms` : "";
    return `${server.log.length} sent${early}: ${end}`;
  } finally {
    await server.close();
  }
}

const order = '{"orders":[{"requestUuid":"u"}]}';

function endOf(call: Call, error: unknown): string {
  const { do: what, outcome } = call.ended(error);
  return `${what}, ${outcome}`;
}

function refusalIn(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { name, code, why } = error as Error & { readonly code?: string; readonly why?: string };
  if (name === "CallRefused") return `refused, ${why}`;
  const inner = refusalIn(error.cause);
  return inner === null && code === "CallRefused" ? `refused, ${code}` : inner;
}

/** The body of a placement that went through. */
export const placed = (done as { readonly body: string }).body;
