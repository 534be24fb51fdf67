/** How long to wait before a retry. Never shorter than the vendor asked, and never a wait without end. */
import type { Failure } from "./failure.js";
import { headerOf as headerTexts, headerValues } from "./headers.js";
import { at as standsAt } from "./places.js";
import type { DelaySource, RetryRule, ZeroPoint } from "./vocabulary.js";
import { hasThousands, timeMs, told, type Told, type WaitForm } from "./waits.js";

/** A delay in milliseconds, and where it comes from; `null` when nobody documented or chose one. */
export interface Delay {
  /** Finite, and what a timer can be set for. */
  readonly ms: number;
  readonly from: DelaySource["source"] | null;
  /** What a `Retry-After`, or another error in the same body, asks for, whatever the rule reads; 0 where none does. */
  readonly toldMs: number;
  /** Whether it is longer than the rule waits. */
  readonly tooLong: boolean;
}

/** How long a wait that cannot be read is taken to be, where the rule has no longest one: our choice. */
const unreadMs = 60_000;

/** No moment to wait for was so long ago: a year. */
const ageMs = 31_536_000_000;

/** A timer that is set for longer fires at once; this leaves room for the jitter. */
const longestMs = 2_000_000_000;

/**
 * The delay that a rule asks for after the given attempt, without jitter, and never less than a `Retry-After` header or
 * one of the `others` asks for, which are the other errors in the same body. A source that says nothing is passed over;
 * for one that cannot be read the rule's longest wait is made. What the response says is read from `failure`; `nowMs` is
 * the server's time, for a moment that comes without another one to count from.
 */
export function delayOf(
  rule: RetryRule,
  attempt: number,
  failure: Failure | null,
  nowMs: number | null,
  others: readonly (readonly [RetryRule, Failure])[] = [],
): Delay {
  const maxMs = "maxDelayMs" in rule ? (rule.maxDelayMs ?? null) : null;
  const given: Given = { failure, nowMs, capMs: maxMs ?? unreadMs };
  const found: Pick<Delay, "ms" | "from">[] = [];
  // The series ends with the last attempt.
  const most = rule.verdict === "never" ? 1 : (rule.maxAttempts ?? 1);
  const row = Number.isInteger(attempt) && attempt >= 1 ? Math.min(attempt, most) : 1;
  const isLongest = rule.verdict !== "never" && rule.combine === "longest";
  let isUnread = false;
  for (const source of sourcesOf(rule)) {
    const heard = sourceOf(source, row, given);
    if (heard === null) continue;
    isUnread ||= heard.isUnread === true && (isLongest || found.length === 0);
    found.push({ ms: heard.ms, from: source.source });
  }
  const longer = (a: Pick<Delay, "ms" | "from">, b: typeof a): typeof a => (b.ms > a.ms ? b : a);
  const [first = none] = found;
  const own = isLongest ? found.reduce(longer, first) : first;
  const heads = asking.flatMap((header) => headerOf({ source: "header", header }, given) ?? []);
  const headMs = Math.max(0, ...heads.map(({ ms }) => ms));
  // A rule that looks waits between the looks, and that is no wait that a failure asks for.
  const alsoMs = others.map(([other, one]) =>
    other.verdict === "reconcile" ? 0 : delayOf(other, 1, one, nowMs).ms,
  );
  isUnread ||= heads.some((head) => head.isUnread === true);
  const toldMs = Math.max(headMs, ...alsoMs);
  const delay = longer(own, { ms: toldMs, from: toldMs > headMs ? "field" : "header" });
  const isTooLong = delay.ms > Math.min(maxMs ?? Infinity, longestMs);
  return {
    from: delay.from,
    ms: Math.min(delay.ms, longestMs),
    toldMs: Math.min(toldMs, longestMs),
    tooLong: isTooLong || (isUnread && maxMs === null),
  };
}

/** The headers that ask for a wait whatever the response is. */
const asking = ["retry-after", "retry-after-ms"];

/** Where the delays of a rule come from. */
export function sourcesOf(rule: RetryRule): readonly DelaySource[] {
  return rule.verdict === "never" ? [] : (rule.delay ?? []);
}

const none: Pick<Delay, "ms" | "from"> = { ms: 0, from: null };

/** What waits are read from. */
interface Given {
  readonly failure: Failure | null;
  readonly nowMs: number | null;
  /** How long what cannot be read is. */
  readonly capMs: number;
}

/** A wait, and whether something of it cannot be read: then it is as long as that is, at least. */
interface Heard {
  readonly ms: number;
  readonly isUnread?: boolean;
}

function sourceOf(source: DelaySource, row: number, given: Given): Heard | null {
  switch (source.source) {
    case "fixed":
      return source;
    case "exponential":
      return {
        ms: Math.min(
          source.initialBackoffMs * source.multiplier ** (row - 1),
          source.maxBackoffMs ?? Infinity,
        ),
      };
    case "field":
      return fieldOf(source, given);
    case "header":
      return headerOf(source, given);
  }
}

type Source<Name> = Extract<DelaySource, { readonly source: Name }>;

function fieldOf({ field, since }: Source<"field">, given: Given): Heard | null {
  const { fields, unreadable } = (given.failure ?? {}) as Partial<Failure>;
  const names = [`${field}Ms`, `${field}At`];
  const [ms, at] = names.map((name) => fields?.[name]);
  if (Array.isArray(unreadable) && names.some((name) => unreadable.includes(name)))
    return { ms: given.capMs, isUnread: true };
  if (typeof ms === "number") return waitOf({ ms }, since, given);
  return typeof at === "number" ? waitOf({ at }, since, given) : null;
}

/** A header's wait. Of several values the longest counts. */
function headerOf({ header, as, since }: Source<"header">, given: Given): Heard | null {
  const form = as ?? (header.endsWith("-ms") ? "ms" : "seconds");
  const { headers } = given.failure ?? { headers: null };
  // A duration may have a comma of its own.
  const whole = headerTexts(headers, header);
  const isWhole = whole.every((text) => !text.includes(";") && told(text, form) !== null);
  const values = isWhole || whole.some(hasThousands) ? whole : headerValues(headers, header);
  const waits = values.flatMap((text): readonly Heard[] => {
    if (text === "") return [];
    const said = told(text, form);
    if (said === null) return [{ ms: given.capMs, isUnread: true }];
    return [waitOf(said, since, given) ?? []].flat();
  });
  if (waits.length === 0) return null;
  const isUnread = waits.some((wait) => wait.isUnread === true);
  return { ms: Math.max(...waits.map(({ ms }) => ms)), isUnread };
}

/** For how long, counted from the moment that the response names or was made at; `null` once that has passed. */
function waitOf(said: Told, since: ZeroPoint | undefined, given: Given): Heard | null {
  if ("ms" in said) return said.ms >= 0 ? { ms: said.ms } : null;
  const { failure, nowMs, capMs } = given;
  const zero = (since && momentOf(since, failure!)) ?? dateOf(failure!) ?? nowMs;
  if (zero === null) return { ms: capMs, isUnread: true };
  if (said.at >= zero) return { ms: said.at - zero };
  // One that has passed asks for no wait, and is no reason to skip another source's; one of another age is in other units.
  return said.at < zero - ageMs ? { ms: capMs, isUnread: true } : null;
}

function dateOf({ headers }: Failure): number | null {
  const [date] = headerValues(headers, "date").flatMap((text) => timeMs(text) ?? []);
  return date ?? null;
}

function momentOf({ at, header, as }: ZeroPoint, { headers, body }: Failure): number | null {
  const value = header === undefined ? standsAt(body, at!) : headerValues(headers, header)[0];
  return atOf(value, as);
}

/** A moment as JSON or a header has it. */
function atOf(value: unknown, form: WaitForm): number | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const said = told(String(value), form);
  return said !== null && "at" in said ? said.at : null;
}
