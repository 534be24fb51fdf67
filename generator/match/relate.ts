/** Whether one of two matchers is narrower. Each is a product of independent features, so it is decided feature by feature. */
import { isFallback, isPrefix, type Matcher, type Text } from "../runtime/matcher.js";
import { conditionWithin } from "./conditions.js";
import { type Code, commonCode, comparable, conditionsOf, isFolded, isSame } from "./meeting.js";
import type { Part } from "../runtime/template.js";
import { shapeWithin } from "./shapes.js";
import { includes } from "./texts.js";

/** Identity comes before evidence: a code first, then a text, a shape or a condition, and a status alone last. */
export function tier(matcher: Matcher): 0 | 1 | 2 {
  return matcher.codes !== undefined ? 0 : isFallback(matcher) ? 2 : 1;
}

/** The codes of a range, one by one. */
export function singly(code: Code): readonly Code[] {
  if (typeof code !== "object" || isPrefix(code)) return [code];
  return Array.from({ length: code[1] - code[0] + 1 }, (_, i) => code[0] + i);
}

/** How what two entries are known by relates, status apart, where they meet. */
export type Relation = "narrower" | "wider" | "equal" | "crossing";

/**
 * Each code and each text of an entry is an alternative of its own, so those that two entries share tell nothing about
 * which of them is narrower: what they ask for besides does.
 */
export function relation(a: Matcher, b: Matcher): Relation {
  const shared =
    a.texts !== undefined &&
    b.texts !== undefined &&
    a.texts.some((x) => b.texts!.some((y) => JSON.stringify(x) === JSON.stringify(y)));
  const [inA, inB] = [inSpanOf(a, b), inSpanOf(b, a)];
  const [codeA, codeB] = inA ?? (inB === null ? [] : [inB[1], inB[0]]);
  const bare = (
    { statuses: _, codes, texts, ...rest }: Matcher,
    met: Code | undefined,
  ): Matcher => ({
    ...rest,
    ...(shared || texts === undefined ? {} : { texts }),
    // Where both have codes, they meet in one that both have; unless for one of them it is only one of a span.
    ...(met !== undefined
      ? { codes: [met] }
      : codes === undefined || (a.codes !== undefined && b.codes !== undefined)
        ? {}
        : { codes }),
  });
  const [x, y] = [bare(a, codeA), bare(b, codeB)];
  const [inner, outer] = [within(x, y), within(y, x)];
  return inner ? (outer ? "equal" : "narrower") : outer ? "wider" : "crossing";
}

/** Whether every text of the inner one is one of the outer one's. */
function textWithin(inner: Text, outer: Text): boolean {
  if (typeof outer === "string") return inner === outer;
  // What is read in its own letters is no wider than what is read in either.
  if (isFolded(inner) && !isFolded(outer)) return false;
  const [a, b] = comparable(inner, outer);
  const found = fixedIn(b);
  if (found !== null && a.some((part) => typeof part === "string" && part.includes(found)))
    return true;
  return (
    (found === null || !a.every((part) => typeof part === "string" || part[1] === "any")) &&
    includes(b, a)
  );
}

/** The text that is all that has to be in a text. */
function fixedIn(parts: readonly Part[]): string | null {
  const [first, fixed, last] = parts;
  const isAny = (part: Part | undefined): boolean => typeof part === "object" && part[1] === "any";
  return parts.length === 3 && isAny(first) && typeof fixed === "string" && isAny(last)
    ? fixed
    : null;
}

/** A code of the inner one and the span of the outer one that it is in, if that is how they meet wherever they do. */
function inSpanOf(
  { codes: inner = [] }: Matcher,
  { codes: outer = [] }: Matcher,
): readonly [Code, Code] | null {
  if (!outer.some((code) => typeof code === "object")) return null;
  const pairs = inner.flatMap((x) =>
    outer.flatMap((y): (readonly [Code, Code])[] => (commonCode(x, y) === null ? [] : [[x, y]])),
  );
  const isIn = ([x, y]: readonly [Code, Code]): boolean =>
    singly(x).every((one) => holdsCode(y, one)) && !singly(y).every((one) => holdsCode(x, one));
  return pairs.every(isIn) ? (pairs[0] ?? null) : null;
}

/** Whether a code, or all that begin with a text, is in a span or the same. */
function holdsCode(outer: Code, inner: Code): boolean {
  if (typeof inner !== "object" || !isPrefix(inner)) return commonCode(outer, inner) !== null;
  return typeof outer === "object" && isPrefix(outer) && inner[0].startsWith(outer[0]);
}

/** Whether every response that `a` matches is matched by `b` too. What it cannot show counts as not so. */
export function within(a: Matcher, b: Matcher): boolean {
  return (
    covers(b.operations, a.operations, (x, y) => x === y) &&
    covers(b.statuses, a.statuses?.flatMap(singly), holdsCode) &&
    covers(b.codes, a.codes?.flatMap(singly), holdsCode) &&
    covers(b.texts, a.texts, (outer, inner) => textWithin(inner, outer)) &&
    (b.shape === undefined || (a.shape !== undefined && shapeWithin(a.shape, b.shape))) &&
    conditionsOf(b).every(([of, outer]) =>
      conditionsOf(a).some(([other, inner]) => isSame(other, of) && conditionWithin(inner, outer)),
    )
  );
}

/** Whether each inner alternative lies in some outer one. No list at all stands for everything. */
function covers<T>(
  outer: readonly T[] | undefined,
  inner: readonly T[] | undefined,
  holds: (outer: T, inner: T) => boolean,
): boolean {
  if (outer === undefined) return true;
  return inner !== undefined && inner.every((x) => outer.some((y) => holds(y, x)));
}
