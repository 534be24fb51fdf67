/**
 * A response that two matchers would both match. A matcher is a product of independent features (statuses, codes, texts,
 * shape, values), so what both ask for is worked out feature by feature, and then put together.
 */
import type { Condition } from "../runtime/conditions.js";
import { isLoose, isPrefix, type Matcher, type Text } from "../runtime/matcher.js";
import { isSteps, type Place, type Places } from "../runtime/places.js";
import type { Part } from "../runtime/template.js";
import { meetingTest, sampleOf } from "./conditions.js";
import type { Shape } from "../runtime/shape.js";
import { commonShape, copy, fill } from "./shapes.js";
import { commonText, plainlyApart } from "./texts.js";

export interface Witness {
  readonly status: number | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** What was asked for, where it matters. */
  readonly operation?: string;
  readonly body: unknown;
}

export type Code = NonNullable<Matcher["codes"]>[number];

const ends = (
  code: Exclude<Code, readonly [string]>,
): readonly [number | string, number | string] => (typeof code === "object" ? code : [code, code]);

const prefixOf = (code: Code): string | null =>
  typeof code === "object" && isPrefix(code) ? code[0] : null;

/** A text as a template; one of which letters in either case are the same, in small ones. */
export const asTemplate = (text: Text): readonly Part[] =>
  typeof text === "string" ? [text] : isLoose(text) ? text.part : text;

/** The same where the text beside it is in small letters. */
function asSmall(text: Text): readonly Part[] {
  return asTemplate(text).map((part) => (typeof part === "string" ? part.toLowerCase() : part));
}

export const isFolded = (text: Text): boolean =>
  typeof text === "object" && isLoose(text) && text.fold === true;

/** Two texts as templates that can be compared: in small letters where that is how one of them is read. */
export function comparable(a: Text, b: Text): readonly [readonly Part[], readonly Part[]] {
  return isFolded(a) || isFolded(b) ? [asSmall(a), asSmall(b)] : [asTemplate(a), asTemplate(b)];
}

/** What both lists hold, or the one list where the other says nothing; `null` when nothing is common. */
function common<A, W>(
  a: readonly A[] | undefined,
  b: readonly A[] | undefined,
  meet: (a: A, b: A) => W | null,
): W | null | undefined {
  if (a === undefined && b === undefined) return undefined;
  for (const x of a ?? b!)
    for (const y of b ?? a!) {
      const met = meet(x, y);
      if (met !== null) return met;
    }
  return null;
}

export function commonCode(a: Code, b: Code): number | string | null {
  const [headA, headB] = [prefixOf(a), prefixOf(b)];
  if (headA !== null || headB !== null) {
    // Of two beginnings the longer one; else the code that begins so.
    const [longer, shorter] =
      headA !== null && (headB === null || headB.length > headA.length) ? [b, headA] : [a, headB!];
    const code = prefixOf(longer) ?? longer;
    return typeof code !== "object" && String(code).startsWith(shorter) ? code : null;
  }
  const [[a1, a2], [b1, b2]] = [a, b].map((code) =>
    ends(code as Exclude<Code, readonly [string]>),
  ) as [ReturnType<typeof ends>, ReturnType<typeof ends>];
  if (typeof a1 !== typeof b1 || a1 > b2 || b1 > a2) return null;
  return a1 > b1 ? a1 : b1;
}

function textInBoth(a: Text, b: Text): string | null {
  if (typeof a === "string" && typeof b === "string") return a === b ? a : null;
  const [x, y] = comparable(a, b);
  return plainlyApart(x, y) ? null : commonText(x, y);
}

/** What a matcher asks of the body's values and of the headers. */
export function conditionsOf({ where = [], conditions = [] }: Matcher): readonly Condition[] {
  return [...where, ...conditions];
}

/** What both ask for at each place, or `null` when nothing is left at one. */
function commonConditions(a: Matcher, b: Matcher): readonly Condition[] | null {
  const both = [...conditionsOf(a)];
  for (const [of, test] of conditionsOf(b)) {
    const i = both.findIndex(([other]) => isSame(other, of));
    const left = i < 0 ? test : meetingTest(both[i]![1], test);
    if (left === null) return null;
    both[i < 0 ? both.length : i] = [of, left];
  }
  return both;
}

/** Whether two conditions are about the same place. */
export function isSame(a: Condition[0], b: Condition[0]): boolean {
  return String(a) === String(b) && typeof a === typeof b && a.length === b.length;
}

/** A response that both match, or `null` when there is none. */
export function meeting(
  a: Matcher,
  b: Matcher,
  places: Places,
  fits: (m: Matcher, w: Witness) => boolean,
): Witness | null {
  const status = common(a.statuses, b.statuses, commonCode) as number | null | undefined;
  const code = common(a.codes, b.codes, commonCode);
  if (status === null || code === null) return null;
  const asked = common(a.operations, b.operations, (x, y) => (x === y ? x : null));
  if (asked === null) return null;
  const wanted = commonConditions(a, b);
  if (wanted === null) return null;
  const shape = a.shape && b.shape ? commonShape(a.shape, b.shape) : (a.shape ?? b.shape);
  if (shape === null) return null;
  const text = common(a.texts, b.texts, textInBoth);
  if (text === null) return null;
  // When a shape or a condition has a say about the same place, it matters which of its places a code or text takes (or
  // leaves to the condition), and whether a code comes as a number or as its digits.
  const numeric = typeof code === "string" ? Number(code) : code;
  const codes = code === undefined ? [] : [...new Set([code, String(code), numeric])];
  const codeSpots = codes.flatMap((value) => places.code.map((at) => ({ at, value })));
  const textSpots = text === undefined ? [] : places.message.map((at) => ({ at, value: text }));
  const rounds = Math.max(1, ...wanted.map(([, test]) => test.length));
  for (const inCode of [null, ...codeSpots])
    for (const inText of [null, ...textSpots])
      for (let i = 0; i < rounds; i++) {
        const spots = [inCode, inText].filter((spot) => spot !== null);
        const drawn = draw(wanted, i, spots, shape);
        const { headers } = drawn;
        const witness: Witness = {
          status: status ?? 400,
          ...(Object.keys(headers).length > 0 ? { headers } : {}),
          ...(asked === undefined ? {} : { operation: asked }),
          body: drawn.body ?? null,
        };
        if (fits(a, witness) && fits(b, witness)) return witness;
      }
  return null;
}

/** A response under construction. */
export interface Drawn {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A response in which conditions hold, with values at some places and the rest of a shape around them. */
export function draw(
  wanted: readonly Condition[],
  round: number,
  spots: readonly { readonly at: Place; readonly value: unknown }[],
  shape: Shape | undefined,
): Drawn {
  let drawn: Drawn = { headers: {}, body: undefined };
  for (const condition of wanted) drawn = satisfy(drawn, condition, round);
  for (const { at, value } of spots) drawn = place(drawn, at, value);
  return shape === undefined ? drawn : { ...drawn, body: fill(shape, drawn.body) };
}

function satisfy(drawn: Drawn, [of, test]: Condition, round: number): Drawn {
  const value = sampleOf(test, round);
  if (value === undefined) return drawn;
  return typeof of === "string"
    ? { ...drawn, headers: { ...drawn.headers, [of]: String(value) } }
    : { ...drawn, body: put(drawn.body, of, value) };
}

/** A response with a code or a text at one of its places. */
export function place(drawn: Drawn, at: Place, value: unknown): Drawn {
  if (isSteps(at)) return { ...drawn, body: put(drawn.body, at, value) };
  const { header, after = "", before = "", when = [] } = at;
  const whole = after + before === "" ? value : `${after}${String(value)}${before}`;
  const ready = when.reduce((before, condition) => satisfy(before, condition, 0), drawn);
  return header === undefined
    ? { ...ready, body: put(ready.body, at.at!, whole) }
    : { ...ready, headers: { ...ready.headers, [header]: String(whole) } };
}

/** The body with a value at some steps, objects and lists being made on the way. */
function put(body: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (step === "*") return [put(Array.isArray(body) ? body[0] : undefined, rest, value)];
  const object = copy(body);
  object[step] = put(object[step], rest, value);
  return object;
}
