/** Each adapter in its library, against a real server on loopback: what the server got, when, and how the call ended. */
import { describe, expect, it } from "vitest";
import {
  type Advice,
  type Call,
  isCatalogError,
  type Reconcile,
  type Stop,
} from "trading-api-errors";
import { type Host, hosts } from "./exchange/loopback/hosts.js";
import type { Scenario } from "./exchange/loopback/calls.js";
import { lostAndAborted } from "./exchange/loopback/losses.js";
import { answered } from "./exchange/loopback/scenarios.js";
import { type Logged, open, scripted, type ScriptedAnswer } from "./exchange/server.js";
import { sign, startTrader, type Trader } from "./exchange/loopback/trader.js";

/** Timers of Node.js may fire a millisecond early, and both ends of a gap are rounded. */
const slackMs = 2;
/** Long enough for an answer on a busy machine. Where none comes to the first request, it is waited for in full. */
const timeoutMs = (silent: boolean): number => (silent ? 3_000 : 30_000);

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

describe.concurrent.each(hosts)("$name", (host) => {
  for (const scenario of [...lostAndAborted, ...answered])
    it(scenario.title, async () => check(host, scenario));
});

async function check(host: Host, scenario: Scenario): Promise<void> {
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
  // Signatures: of what was sent, made after the wait before it, and on 6mm never the same.
  for (const { headers, body } of sent)
    expect(headers["x-signature"]).toBe(sign(headers["x-timestamp"]!, body));
  if (signed)
    for (const [at, { path: what, headers, arrivedMs }] of log.entries()) {
      if (what !== path) continue;
      const madeMs = Number(headers["x-timestamp"]) - (at === 0 ? 0 : trader.offsetMs);
      expect(madeMs).toBeLessThanOrEqual(arrivedMs + slackMs);
      if (at === 0) continue;
      const { answeredMs, arrivedMs: beforeMs } = log[at - 1]!;
      const earliestMs = (answeredMs ?? beforeMs) + waits[at - 1]!;
      expect(madeMs).toBeGreaterThanOrEqual(earliestMs - slackMs);
    }
  if (signed) expect(distinct(sent.map(({ headers }) => headers["x-signature"]))).toBe(sent.length);
  // The token of the last renewal.
  for (const [at, { path: what, headers }] of log.entries()) {
    const renewals = log.slice(0, at).filter((entry) => renewal.test(entry.path)).length;
    if (what === path) expect(headers["authorization"]).toBe(`Bearer token-${renewals}`);
  }

  // The end.
  expect(ended === null ? "success" : `${ended.do}: ${ended.why}`).toBe(scenario.ends);
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
