/**
 * What answers say of the limits: how much is left, and until when. It only makes a gate more careful than its own count, since
 * others may use the account as well.
 *
 * The vendor counted when it answered. What this process has under way may not be in that number yet, so it counts as gone too;
 * of what other processes have under way, only the gate's own count knows.
 */
import type { Draft, Place } from "./gate-draft.js";
import type { Kept } from "./gate-places.js";
import { told, timeMs } from "./waits.js";
import { headerValues } from "./headers.js";
import type { Limit } from "./vocabulary.js";

export interface Tellings {
  /** A request left. */
  left(operation: string, place: Place): void;
  /** It was answered, or nobody waits for an answer any more. Whether anything was told. */
  answered(operation: string, headers: unknown): boolean;
  /** Takes for gone what is, by all that was told. */
  apply(draft: Draft): void;
  /** What was applied is in the account now. */
  applied(): void;
}

/** What a request takes of a limit, from when it left until it is answered. */
interface UnderWay {
  readonly key: string;
  readonly operation: string;
  readonly more: number;
  readonly at: number;
}

interface Telling {
  readonly key: string;
  readonly kept: Kept;
  /** What the header says is left. */
  readonly left: number;
  /** When the vendor counts anew, by the monotonic clock; `null` where it does not say. */
  readonly until: number | null;
}

export function hearTellings(
  all: readonly Kept[],
  wall: () => number,
  monotonic: () => number,
): Tellings {
  const kept = all.filter(({ limit }) => limit.remaining !== undefined || limit.used !== undefined);
  let open: readonly UnderWay[] = [];
  let tellings: readonly Telling[] = [];
  let applied: readonly Telling[] = [];

  /** What left longer than a window ago has arrived. */
  const hasArrived = ({ at }: UnderWay, perMs: number): boolean => at < monotonic() - perMs;
  const underWay = (key: string, perMs: number): number =>
    open.reduce(
      (sum, one) => (one.key === key && !hasArrived(one, perMs) ? sum + one.more : sum),
      0,
    );
  return {
    left: (operation, { needs }) => {
      const at = monotonic();
      const recent = open.filter((one) => !hasArrived(one, longestUnderWayMs));
      const known = needs.filter(({ key }) => kept.some(({ keyOf }) => keyOf(operation) === key));
      open = [...recent, ...known.map(({ key, more }) => ({ key, operation, more, at }))];
    },
    answered: (operation, headers) => {
      for (const { keyOf, perMs } of kept) {
        // Which of several it was is not known: the one that counts least, so that no less stays under way than is.
        const counts = (one: UnderWay): number => (hasArrived(one, perMs) ? 0 : one.more);
        const least = open
          .filter((one) => one.key === keyOf(operation) && one.operation === operation)
          .reduce<UnderWay | null>((a, b) => (a !== null && counts(a) <= counts(b) ? a : b), null);
        open = open.filter((one) => one !== least);
      }
      const news = kept.flatMap((limit): readonly Telling[] => {
        const left = leftIn(limit, headers);
        const waitMs = waitIn(limit.limit.reset, headers, wall());
        if (left === null || (waitMs !== null && waitMs <= 0)) return [];
        // After a whole window nothing of what was counted is in it any more.
        const until = waitMs === null ? null : monotonic() + Math.min(waitMs, limit.perMs);
        return [{ key: limit.keyOf(operation), kept: limit, left, until }];
      });
      tellings = [
        ...tellings.filter((one) => !news.some((other) => isCovered(one, other))),
        ...news,
      ];
      return news.length > 0;
    },
    apply: (draft) => {
      applied = tellings;
      for (const { key, kept, left, until } of tellings) {
        const gone = kept.count - Math.max(0, left - underWay(key, kept.perMs));
        draft.spend(key, kept.perMs, gone, until);
      }
    },
    applied: () => {
      // Until the vendor counts anew it is applied again and again: the store may have failed, or have lost it.
      tellings = tellings.filter(
        (one) => !applied.includes(one) || (one.until !== null && one.until > monotonic()),
      );
    },
  };
}

/** How long a request may be under way, in ms. */
const longestUnderWayMs = 60_000;

/** Whether a telling says nothing that a later one does not say. */
function isCovered(one: Telling, by: Telling): boolean {
  if (one.key !== by.key || one.until === null || by.until === null) return false;
  return one.left >= by.left && one.until <= by.until;
}

/** What is left; the least, where several headers say it. What cannot be read says nothing. */
function leftIn({ limit: { remaining, used }, count }: Kept, headers: unknown): number | null {
  const numbers = (name: string | undefined): readonly number[] =>
    (name === undefined ? [] : headerValues(headers, name)).flatMap((text) =>
      /^-?[0-9]+(\.[0-9]+)?$/.test(text) ? [Number(text)] : [],
    );
  const left = [...numbers(remaining), ...numbers(used).map((gone) => count - gone)];
  return left.length === 0 ? null : Math.max(0, Math.min(...left));
}

/** How long until the vendor counts anew, in ms: the longest that can be read, or `null`. */
function waitIn(reset: Limit["reset"], headers: unknown, wallMs: number): number | null {
  if (reset === undefined) return null;
  const [date] = headerValues(headers, "date").flatMap((text) => timeMs(text) ?? []);
  const waits = headerValues(headers, reset.header).flatMap((text) => {
    const said = told(text, reset.as);
    if (said === null) return [];
    const ms = "ms" in said ? said.ms : said.at - (date ?? wallMs);
    return Number.isFinite(ms) ? [ms] : [];
  });
  return waits.length === 0 ? null : Math.max(...waits);
}
