/** In which order the matchers of a channel are asked, and what is wrong with them if no order is right. */
import { isPartial, type Matcher } from "../runtime/matcher.js";
import { isSteps, type Places } from "../runtime/places.js";
import type { Part } from "../runtime/template.js";
import { asTemplate, type Code, meeting, type Witness } from "./meeting.js";
import { ordered } from "./order.js";
import { relation, singly, tier, within } from "./relate.js";
import { mentions } from "./shapes.js";
import { byValue } from "./values.js";

export interface Claim {
  readonly matcher: Matcher;
  readonly success?: boolean;
  /** The claims, by their index, that it takes precedence over. */
  readonly overrides: readonly number[];
}

export interface Precedence {
  /** Indices of the claims; of two that fit a response, the earlier one counts. */
  readonly order: readonly number[];
  /** Of each claim those that share its identity, and that only the status tells from it. */
  readonly peers: readonly (readonly number[])[];
  /** Of each claim that is known by parts of texts those that say less of the same. */
  readonly hides: readonly (readonly number[])[];
  /** Pairs that share a response although neither is narrower and neither overrides the other. */
  readonly ambiguous: readonly {
    readonly a: number;
    readonly b: number;
    readonly witness: Witness;
  }[];
  /** Claims of which nothing is left after those that come before, and these. */
  readonly unreachable: readonly { readonly claim: number; readonly by: readonly number[] }[];
  /** Claims that, by overrides and narrowness, would have to come before themselves. */
  readonly cycles: readonly (readonly number[])[];
}

export function precedence(
  claims: readonly Claim[],
  places: Places,
  fits: (matcher: Matcher, witness: Witness) => boolean,
): Precedence {
  const before: Set<number>[] = claims.map(() => new Set());
  const ambiguous: { a: number; b: number; witness: Witness }[] = [];
  claims.forEach(({ overrides }, i) => {
    for (const other of overrides) before[other]!.add(i);
  });
  const peers: Set<number>[] = claims.map(() => new Set());
  const hides: number[][] = claims.map(() => []);
  for (const [a, b] of neighbours(claims)) {
    if (before[a]!.has(b) || before[b]!.has(a)) continue;
    if (isPartial(claims[a]!.matcher) && isPartial(claims[b]!.matcher)) {
      const less = hidden(claims[a]!, claims[b]!);
      if (less === null) continue;
      const [wide, narrow] = less === "a" ? [a, b] : [b, a];
      before[wide]!.add(narrow);
      hides[narrow]!.push(wide);
      continue;
    }
    const found = decided(claims[a]!, claims[b]!, places, fits);
    if (found === null) continue;
    const { first, witness, isShared } = found;
    if (first === "a") before[b]!.add(a);
    else if (first === "b") before[a]!.add(b);
    else if (!isShared) ambiguous.push({ a, b, witness });
    if (!isShared) continue;
    peers[a]!.add(b);
    peers[b]!.add(a);
  }
  // A whole text comes before a part of one.
  const tiers = claims.map(({ matcher }) => tier(matcher) + (isPartial(matcher) ? 0.5 : 0));
  const { order, cycles } = ordered(tiers, before);
  const circular = new Set(cycles.flat());
  const unreachable = order.flatMap((claim) => {
    const earlier = [...before[claim]!];
    if (earlier.length === 0 || circular.has(claim)) return [];
    const by = new Set<number>();
    for (const atom of alternatives(claims[claim]!.matcher)) {
      const other = earlier.find((one) => within(atom, claims[one]!.matcher));
      if (other === undefined) return [];
      by.add(other);
    }
    return [{ claim, by: [...by] }];
  });
  return { order, peers: peers.map((set) => [...set]), hides, ambiguous, unreachable, cycles };
}

interface Decided {
  /** Which of the two comes first; `null` where nothing says so. */
  readonly first: "a" | "b" | null;
  readonly witness: Witness;
  /** Whether the status is what tells them apart. */
  readonly isShared: boolean;
}

/** Of what is known by parts of texts all that fit are kept, but for what says less of the same; `null` where neither does. */
function hidden({ matcher: a }: Claim, { matcher: b }: Claim): "a" | "b" | null {
  const how = relation(a, b);
  return how === "narrower" ? "b" : how === "wider" ? "a" : null;
}

/** Which of two claims takes precedence; `null` when no response fits both. */
function decided(
  a: Claim,
  b: Claim,
  places: Places,
  fits: (matcher: Matcher, witness: Witness) => boolean,
): Decided | null {
  const [x, y] = [a.matcher, b.matcher];
  const narrower = (): Decided["first"] => {
    const [inner, outer] = [within(x, y), within(y, x)];
    return inner === outer ? null : inner ? "a" : "b";
  };
  if (tier(x) === 2) {
    const witness = meeting(x, y, places, fits);
    return witness && { first: narrower(), witness, isShared: false };
  }
  // What an entry is known by holds whatever the status is; a status beside it only tells apart what shares it.
  const apart = meeting(withoutStatus(x), withoutStatus(y), places, fits);
  if (apart === null) return null;
  const how = relation(x, y);
  // A part of a text is more than a code alone, and overlaps by nature with what is known otherwise.
  if (isPartial(x) !== isPartial(y))
    return { first: isPartial(x) ? "a" : "b", witness: apart, isShared: false };
  if (how === "narrower" || how === "wider")
    return { first: how === "narrower" ? "a" : "b", witness: apart, isShared: false };
  const witness = meeting(x, y, places, fits);
  // On a status that neither expects, a text tells more than a shape.
  const hasText = [x.texts !== undefined, y.texts !== undefined];
  if (witness === null && how === "crossing" && hasText[0] !== hasText[1])
    return { first: hasText[0] ? "a" : "b", witness: apart, isShared: false };
  const first = narrower();
  const isShared = witness === null || first !== null;
  if (isShared && (excludes(a, y, places) || excludes(b, x, places)))
    return { first: first ?? (a.success === true ? "b" : "a"), witness: apart, isShared: false };
  return { first, witness: witness ?? apart, isShared };
}

/** A matcher without the statuses that are expected beside what it is known by. */
function withoutStatus(matcher: Matcher): Matcher {
  const { statuses: _, ...rest } = matcher;
  return matcher.strict === true ? matcher : rest;
}

/** Whether a claim is a success that is none where the other entry has its code, its text or its shape. */
function excludes(
  { success, matcher }: Claim,
  { codes, texts, shape }: Matcher,
  { code, message }: Places,
): boolean {
  if (success !== true || matcher.empty !== undefined) return false;
  return (
    (codes ?? texts) !== undefined ||
    [...code, ...message].some(
      (place) => shape !== undefined && isSteps(place) && mentions(shape, place),
    )
  );
}

/** Pairs of one tier that can meet at all, found by what can be sorted: codes, beginnings of texts, statuses. */
function* neighbours(claims: readonly Claim[]): Iterable<readonly [number, number]> {
  const tiers: number[][] = [[], [], []];
  claims.forEach(({ matcher }, i) => tiers[tier(matcher)]!.push(i));
  const [coded, worded, bare] = tiers as [number[], number[], number[]];
  const seen: Set<number>[] = claims.map(() => new Set());
  for (const [a, b] of pairs()) {
    const [low, high] = a < b ? [a, b] : [b, a];
    if (low === high || seen[low]!.has(high)) continue;
    seen[low]!.add(high);
    yield [low, high];
  }
  function* pairs(): Iterable<readonly [number, number]> {
    yield* alike(
      claims,
      coded.flatMap((i) => (claims[i]!.matcher.codes ?? []).map((code) => span(code, i))),
    );
    yield* alike(
      claims,
      bare.flatMap((i) => (claims[i]!.matcher.statuses ?? []).map((s) => span(s, i))),
    );
    yield* byText(claims, worded);
  }
}

/** Pairs with codes or statuses in common. Many may have the very same code, and then their texts tell them apart. */
function* alike(
  claims: readonly Claim[],
  spans: readonly Span[],
): Iterable<readonly [number, number]> {
  const groups = new Map<string, { readonly of: Span; readonly members: number[] }>();
  for (const of of spans) {
    const key = JSON.stringify([of.first, of.last]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { of, members: [of.i] });
    else group.members.push(of.i);
  }
  const all = [...groups.values()];
  for (const { members } of all) yield* byText(claims, members);
  for (const [a, b] of overlapping(all.map(({ of }, i) => ({ ...of, i }))))
    for (const one of all[a]!.members) for (const other of all[b]!.members) yield [one, other];
}

/** Pairs whose texts can be the same; an entry without texts takes any. */
function* byText(
  claims: readonly Claim[],
  members: readonly number[],
): Iterable<readonly [number, number]> {
  if (members.length < 2) return;
  const textsOf = (i: number): Matcher["texts"] => claims[i]!.matcher.texts;
  const [worded, textless] = [true, false].map((has) =>
    members.filter((i) => (textsOf(i) !== undefined) === has),
  ) as [number[], number[]];
  const partial = worded.filter((i) => isPartial(claims[i]!.matcher));
  const whole = worded.filter((i) => !isPartial(claims[i]!.matcher));
  yield* nested(
    whole.flatMap((i) => textsOf(i)!.map((text) => ({ ...endsOf(asTemplate(text)), i }))),
  );
  for (const [at, a] of partial.entries()) for (const b of partial.slice(at + 1)) yield [a, b];
  yield* byValue(textless, (i) => claims[i]!.matcher.where);
  for (const a of textless) for (const b of worded) yield [a, b];
}

interface Span {
  readonly first: number | string;
  readonly last: number | string;
  readonly i: number;
}

function span(code: Code, i: number): Span {
  if (typeof code !== "object") return { first: code, last: code, i };
  const [first, last = after(first as string)] = code;
  return { first, last, i };
}

/** A text after all that begin with a text. */
function after(prefix: string): string {
  return prefix + "\uffff".repeat(100);
}

/** Pairs of spans that overlap: sorted by where they begin, a span meets those still open. */
function* overlapping(spans: readonly Span[]): Iterable<readonly [number, number]> {
  let open: Span[] = [];
  for (const next of [...spans].sort((a, b) =>
    a.first < b.first ? -1 : a.first > b.first ? 1 : 0,
  )) {
    open = open.filter(({ last }) => last >= next.first);
    for (const { i } of open) yield [i, next.i];
    open.push(next);
  }
}

interface Ends {
  readonly head: string;
  readonly tail: string;
  readonly i: number;
}

/** The fixed texts that a text or a template begins and ends with. */
function endsOf(text: readonly Part[]): Pick<Ends, "head" | "tail"> {
  const [first, last] = [text[0], text[text.length - 1]];
  return {
    head: typeof first === "string" ? first : "",
    tail: typeof last === "string" ? last : "",
  };
}

/** Pairs of which one head begins the other, and one tail ends the other: those that begin a head lie on a stack. */
function* nested(ends: readonly Ends[]): Iterable<readonly [number, number]> {
  const stack: Ends[] = [];
  for (const next of [...ends].sort((a, b) => (a.head < b.head ? -1 : a.head > b.head ? 1 : 0))) {
    while (stack.length > 0 && !next.head.startsWith(stack[stack.length - 1]!.head)) stack.pop();
    for (const { tail, i } of stack)
      if (tail.endsWith(next.tail) || next.tail.endsWith(tail)) yield [i, next.i];
    stack.push(next);
  }
}

/** A matcher split into one for each of its statuses, codes and texts. */
function alternatives(matcher: Matcher): readonly Matcher[] {
  const split = (matchers: readonly Matcher[], key: "statuses" | "codes" | "texts"): Matcher[] =>
    matchers.flatMap((m) => {
      const values = key === "texts" ? m.texts : m[key]?.flatMap(singly);
      return values === undefined ? [m] : values.map((value) => ({ ...m, [key]: [value] }));
    });
  return split(split(split([matcher], "statuses"), "codes"), "texts");
}
