/** One scenario through one host: what the server got, when, and how the call ended. */
import { expect } from "vitest";
import {
  type Advice,
  type Call,
  isCatalogError,
  type Reconcile,
  type Stop,
} from "trading-api-errors";
import { type Logged, open, scripted, type ScriptedAnswer } from "../server.js";
import type { Scenario } from "./calls.js";
import type { Host } from "./hosts.js";
import { sign, startTrader, type Trader } from "./trader.js";

/** Timers of Node.js may fire a millisecond early, and both ends of a gap are rounded. */
const slackMs = 2;
/** Long enough for an answer on a busy machine. Where none comes, the client need not wait as long. */
const timeoutMs = (silent: boolean): number => (silent ? 800 : 10_000);
/** How old a signature may be when it arrives; shorter than any wait that it might have been made before. */
const freshMs = 800;

interface Run {
  readonly log: readonly Logged[];
  readonly call: Call;
  /** `undefined` after a success. */
  readonly error: unknown;
  /** The latest advice when the library had given up, and what to do then. */
  readonly latest: Advice | null;
  readonly ended: Reconcile | Stop | null;
  readonly trader: Trader;
}

async function run(host: Host, scenario: Scenario): Promise<Run> {
  const { method, path, abortAfterMs } = scenario;
  const caller = new AbortController();
  const script = scripted(scenario.answers);
  const exchange = await open({
    handle(request, nowMs) {
      if (abortAfterMs !== undefined) setTimeout(() => caller.abort(), abortAfterMs);
      return script.handle(request, nowMs);
    },
  });
  try {
    const call = scenario.start();
    const trader = startTrader(exchange.url, method);
    const error: unknown = await host
      .send({
        url: exchange.url + path,
        method,
        timeoutMs: timeoutMs(scenario.answers.some(isSilence)),
        signal: caller.signal,
        call,
        decode: (response) => scenario.decode(response, trader.uuid),
        build: trader.build,
      })
      .then(
        () => undefined,
        (error: unknown) => error ?? "nothing",
      );
    const latest = call.advice;
    const ended = error === undefined ? null : call.ended(error);
    return { log: exchange.log, call, error, latest, ended, trader };
  } finally {
    await exchange.close();
  }
}

const isSilence = (answer: ScriptedAnswer): boolean =>
  "lost" in answer && answer.lost === "timeout";

const failureOf = ({ failure }: Call): string | null =>
  failure === null ? null : "transport" in failure ? failure.transport : failure.id;

const distinct = (values: readonly unknown[]): number => new Set(values).size;

const uuidOf = ({ body }: Logged): string =>
  (JSON.parse(body) as { orders: { requestUuid: string }[] }).orders[0]!.requestUuid;

const renewal = /refresh-token|log-in/;

/** Makes one call, and compares what reached the venue, and how the call ended, with what the scenario says. */
export async function check(host: Host, scenario: Scenario): Promise<void> {
  const { log, call, error, latest, ended, trader } = await run(host, scenario);
  const { method, path, waits = [], paths, uuids = 1, signed } = scenario;

  // Count and order.
  const expected = paths ?? [path, ...waits.map(() => path)];
  expect(log.map((entry) => entry.path)).toEqual(expected);
  // Minimum gaps.
  for (const [at, wait] of waits.entries()) {
    const { answeredMs, arrivedMs } = log[at]!;
    const gap = log[at + 1]!.arrivedMs - (answeredMs ?? arrivedMs);
    expect(gap, `wait ${at + 1}`).toBeGreaterThanOrEqual(wait - slackMs);
  }
  if (scenario.builds !== undefined) expect(trader.builds).toBe(scenario.builds);
  // Identity.
  const sent = log.filter((entry) => entry.path === path);
  expect(sent.map((entry) => entry.method)).toEqual(sent.map(() => method));
  if (method === "POST") expect(distinct(sent.map(uuidOf))).toBe(uuids);
  // Signatures: of what was sent, made shortly before it, and on 6mm never the same.
  for (const [at, { arrivedMs, headers, body }] of sent.entries()) {
    expect(headers["x-signature"]).toBe(sign(headers["x-timestamp"]!, body));
    const offset = at === 0 ? 0 : trader.offsetMs;
    const age = arrivedMs + offset - Number(headers["x-timestamp"]);
    if (signed) expect(Math.abs(age)).toBeLessThan(freshMs);
  }
  if (signed) expect(distinct(sent.map(({ headers }) => headers["x-signature"]))).toBe(sent.length);
  // The token of the last renewal.
  for (const [at, { path: what, headers }] of log.entries()) {
    const renewals = log.slice(0, at).filter((entry) => renewal.test(entry.path)).length;
    if (what === path) expect(headers["authorization"]).toBe(`Bearer token-${renewals}`);
  }

  // The end.
  const end = ended === null ? "success" : `${ended.do}: ${ended.why}`;
  if (scenario.ends instanceof RegExp) expect(end).toMatch(scenario.ends);
  else expect(end).toBe(scenario.ends);
  const failure = failureOf(call);
  if (scenario.failure instanceof RegExp) expect(failure).toMatch(scenario.failure);
  else expect(failure).toBe(scenario.failure);
  if (ended === null) return;
  expect(error).toBeInstanceOf(Error);
  if (scenario.failure instanceof RegExp) return;
  // The library asked after the last answer, too; and what it throws is its own, or has the failure.
  expect(latest).toBe(ended);
  expect((error as Error).name).toBe(host.rejects);
  const caught = host.rejects === "RequestError" ? (error as Error).cause : error;
  expect(isCatalogError(caught)).toBe(host.rejects !== "AxiosError");
}
