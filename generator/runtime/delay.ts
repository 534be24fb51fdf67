/** How long to wait before a retry. Never shorter than the vendor asked, and never a wait without end. */
import type { Failure } from "./failure.js";
import { headerValues } from "./headers.js";
import type { DelaySource, RetryRule } from "./vocabulary.js";

/** A delay in milliseconds, and where it comes from; `null` when nobody documented or chose one. */
export interface Delay {
  /** `Infinity` for a wait that was asked for and cannot be known. */
  readonly ms: number;
  readonly from: DelaySource["source"] | null;
  /** What a `Retry-After`, or another error in the same body, asks for, whatever the rule reads; 0 where none does. */
  readonly toldMs: number;
  /** Whether it is longer than the rule waits. */
  readonly tooLong: boolean;
}

/**
 * The delay that a rule asks for after the given attempt, without jitter, and never less than a `Retry-After` header or
 * one of the `others` asks for, which are the other errors in the same body. A source that says nothing readable is passed over. What the response says is read from `failure`; `nowMs` is the
 * server's time, for a date in a header that comes without a `Date` header beside it.
 */
export function delayOf(
  rule: RetryRule,
  attempt: number,
  failure: Failure | null,
  nowMs: number | null,
  others: readonly (readonly [RetryRule, Failure])[] = [],
): Delay {
  const found: Pick<Delay, "ms" | "from">[] = [];
  // The series ends with the last attempt.
  const most = rule.verdict === "never" ? 1 : (rule.maxAttempts ?? 1);
  const row = Number.isInteger(attempt) && attempt >= 1 ? Math.min(attempt, most) : 1;
  for (const source of sourcesOf(rule)) {
    const ms = sourceMs(source, row, failure, nowMs);
    if (ms !== null) found.push({ ms, from: source.source });
  }
  const longer = (a: Pick<Delay, "ms" | "from">, b: typeof a): typeof a => (b.ms > a.ms ? b : a);
  const [first = none] = found;
  const isLongest = rule.verdict !== "never" && rule.combine === "longest";
  const own = isLongest ? found.reduce(longer, first) : first;
  const headMs = (failure && headerMs(failure.headers, "retry-after", nowMs)) ?? 0;
  const alsoMs = others.flatMap(([other, one]) =>
    sourcesOf(other).map((source) =>
      source.source === "field" ? (sourceMs(source, 1, one, nowMs) ?? 0) : 0,
    ),
  );
  const toldMs = Math.max(headMs, ...alsoMs);
  const delay = longer(own, { ms: toldMs, from: toldMs > headMs ? "field" : "header" });
  const maxMs = "maxDelayMs" in rule ? (rule.maxDelayMs ?? Infinity) : Infinity;
  return { ...delay, toldMs, tooLong: delay.ms > Math.min(maxMs, longestMs) };
}

/** Where the delays of a rule come from. */
export function sourcesOf(rule: RetryRule): readonly DelaySource[] {
  return rule.verdict === "never" ? [] : (rule.delay ?? []);
}

/** A timer that is set for longer fires at once; this leaves room for the jitter. */
const longestMs = 2_000_000_000;

const none: Pick<Delay, "ms" | "from"> = { ms: 0, from: null };

function sourceMs(
  source: DelaySource,
  row: number,
  failure: Failure | null,
  nowMs: number | null,
): number | null {
  switch (source.source) {
    case "fixed":
      return source.ms;
    case "exponential":
      return Math.min(
        source.initialBackoffMs * source.multiplier ** (row - 1),
        source.maxBackoffMs ?? Infinity,
      );
    case "field": {
      const told = failure?.fields?.[`${source.field}Ms`];
      return typeof told === "number" && told >= 0 ? told : null;
    }
    case "header":
      return failure === null ? null : headerMs(failure.headers, source.header, nowMs);
  }
}

/** A header's wait: seconds or a date. Of several values the longest counts. */
function headerMs(headers: unknown, name: string, nowMs: number | null): number | null {
  const [date] = headerValues(headers, "date").flatMap((text) => dateMs(text) ?? []);
  const waits = headerValues(headers, name).flatMap((text) => {
    if (/^[0-9]+(\.[0-9]+)?$/.test(text)) return [Math.ceil(Number(text) * 1_000 - 1e-6)];
    const until = dateMs(text);
    if (until === null) return [];
    // A date that nothing can be measured from: the wait is there, and could be any.
    return [until - (date ?? nowMs ?? -Infinity)];
  });
  // A date that has passed asks for no wait, and is no reason to skip another source's.
  const readable = waits.filter((ms) => ms >= 0);
  return readable.length === 0 ? null : Math.max(...readable);
}

/** The three forms of a date that HTTP has had. `Date.parse` by itself would read almost anything. */
function dateMs(text: string): number | null {
  const current = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
  const rfc850 = /^[A-Z][a-z]+, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/;
  const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
  const known = current.test(text) || rfc850.test(text);
  const ms = known ? Date.parse(text) : asctime.test(text) ? Date.parse(`${text} GMT`) : NaN;
  return Number.isNaN(ms) ? null : ms;
}
