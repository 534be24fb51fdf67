/** How long to wait before a retry. Never shorter than the vendor asked, and never a wait without end. */
import type { Failure } from "./failure.js";
import type { DelaySource, RetryRule } from "./vocabulary.js";

/** A delay in milliseconds, and where it comes from; `null` when nobody documented or chose one. */
export interface Delay {
  /** `Infinity` for a wait that was asked for and cannot be known. */
  readonly ms: number;
  readonly from: DelaySource["from"] | null;
  /** Whether it is longer than the rule waits. */
  readonly tooLong: boolean;
}

/**
 * The delay that a rule asks for after the given attempt, without jitter. A source that says nothing readable is passed
 * over. What the response says is read from `failure`; `nowMs` is the server's time, for a date in a header that comes
 * without a `Date` header beside it.
 */
export function delayOf(
  rule: RetryRule,
  attempt: number,
  failure: Failure | null,
  nowMs: number | null,
): Delay {
  const found: Omit<Delay, "tooLong">[] = [];
  // The series ends with the last try.
  const row = Number.isInteger(attempt) && attempt >= 1 ? Math.min(attempt, rule.attempts ?? 1) : 1;
  for (const source of rule.delay ?? []) {
    const ms = sourceMs(source, row, failure, nowMs);
    if (ms !== null) found.push({ ms, from: source.from });
  }
  const delay =
    rule.combine === "longest"
      ? found.reduce((a, b) => (b.ms > a.ms ? b : a), found[0] ?? none)
      : (found[0] ?? none);
  return { ...delay, tooLong: delay.ms > Math.min(rule.capMs ?? Infinity, longestMs) };
}

/** A timer that is set for longer fires at once; this leaves room for the jitter. */
const longestMs = 2_000_000_000;

const none = { ms: 0, from: null };

function sourceMs(
  source: DelaySource,
  row: number,
  failure: Failure | null,
  nowMs: number | null,
): number | null {
  switch (source.from) {
    case "fixed":
      return source.ms;
    case "exponential":
      return Math.min(source.baseMs * source.factor ** (row - 1), source.capMs ?? Infinity);
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
  const [date] = valuesOf(headers, "date").flatMap((text) => dateMs(text) ?? []);
  const waits = valuesOf(headers, name).flatMap((text) => {
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

/** The values of a header, in a `Headers`, a `Map` or a plain object whose values may be lists. */
function valuesOf(headers: unknown, name: string): readonly string[] {
  try {
    if (typeof headers !== "object" || headers === null) return [];
    const found = headers instanceof Map ? Object.fromEntries<unknown>(headers) : headers;
    const { get } = found as { get?: (name: string) => unknown };
    const values =
      typeof get === "function"
        ? [get.call(found, name)]
        : Object.keys(found)
            .filter((key) => key.toLowerCase() === name)
            .map((key) => (found as Record<string, unknown>)[key]);
    return (
      values
        .flat()
        .filter((value) => typeof value === "string" || typeof value === "number")
        // Several values may stand in one, and a date has a comma of its own.
        .flatMap((value) => String(value).match(/\s*(?:[A-Z][a-z]+, )?[^,]+/g) ?? [])
        .map((value) => value.trim())
    );
  } catch {
    // A getter or a proxy's trap threw.
    return [];
  }
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
