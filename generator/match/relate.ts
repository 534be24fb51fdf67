/**
 * How two matchers relate: a response that both would match, and whether one is narrower. A matcher is a product of
 * independent features (statuses, codes, texts, shape, values), so both questions are answered feature by feature.
 */
import type { Condition } from "../runtime/conditions.js";
import { isFallback, isSteps, type Matcher, type Place, type Places } from "../runtime/matcher.js";
import { hasShape, type LeafType, type Shape } from "../runtime/shape.js";
import type { Part } from "../runtime/template.js";
import { conditionWithin, meetingTest, sampleOf } from "./conditions.js";
import { commonText, includes, plainlyApart } from "./texts.js";

export interface Witness {
  readonly status: number | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Identity comes before evidence: a code first, then a text, a shape or a condition, and a status alone last. */
export function tier(matcher: Matcher): 0 | 1 | 2 {
  return matcher.codes !== undefined ? 0 : isFallback(matcher) ? 2 : 1;
}

type Code = NonNullable<Matcher["codes"]>[number];
type Text = NonNullable<Matcher["texts"]>[number];

const ends = (code: Code): readonly [number | string, number | string] =>
  typeof code === "object" ? code : [code, code];

/** The codes of a range, one by one. */
export function singly(code: Code): readonly (number | string)[] {
  if (typeof code !== "object") return [code];
  return Array.from({ length: code[1] - code[0] + 1 }, (_, i) => code[0] + i);
}

const asTemplate = (text: Text): readonly Part[] => (typeof text === "string" ? [text] : text);

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

function commonCode(a: Code, b: Code): number | string | null {
  const [[a1, a2], [b1, b2]] = [ends(a), ends(b)];
  if (typeof a1 !== typeof b1 || a1 > b2 || b1 > a2) return null;
  return a1 > b1 ? a1 : b1;
}

function textInBoth(a: Text, b: Text): string | null {
  if (typeof a === "string" && typeof b === "string") return a === b ? a : null;
  const [x, y] = [asTemplate(a), asTemplate(b)];
  return plainlyApart(x, y) ? null : commonText(x, y);
}

/** A shape that lists of nothing do not have, where these are all that it asks for: they would show nothing. */
export function telling(shape: Shape): Shape {
  if (isTelling(shape)) return shape;
  if ("items" in shape) return { ...shape, some: true };
  if (!("keys" in shape)) return shape;
  const keys = shape.keys.map(([key, inner, optional]) =>
    optional === true ? ([key, inner, optional] as const) : ([key, telling(inner)] as const),
  );
  return { keys };
}

function isTelling(shape: Shape): boolean {
  if ("items" in shape) return false;
  return "is" in shape || shape.keys.some(([, inner, optional]) => !optional && isTelling(inner));
}

/** Whether a shape says what stands at some steps. */
export function mentions(shape: Shape, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  if ("items" in shape) return mentions(shape.items, rest);
  const [, inner] = ("keys" in shape ? shape.keys.find(([key]) => key === step) : null) ?? [];
  return inner !== undefined && mentions(inner, rest);
}

/** What a matcher asks of the body's values and of the headers. */
function conditionsOf({ where = [], conditions = [] }: Matcher): readonly Condition[] {
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

function isSame(a: Condition[0], b: Condition[0]): boolean {
  return String(a) === String(b) && typeof a === typeof b && a.length === b.length;
}

function commonShape(a: Shape, b: Shape): Shape | null {
  if ("is" in a && "is" in b) {
    const is = a.is.flatMap((x) => b.is.flatMap((y) => commonType(x, y) ?? []));
    return is.length > 0 ? { is } : null;
  }
  if ("is" in a) return commonShape(b, a);
  if ("is" in b) {
    const type = "keys" in a ? "object" : "array";
    return b.is.includes("any") || b.is.includes(type) ? a : null;
  }
  if ("items" in a) {
    if (!("items" in b)) return null;
    const items = commonShape(a.items, b.items);
    const some = a.some ?? b.some;
    if (some !== undefined) return items && { items, some };
    return { items: items ?? { is: [] } };
  }
  if ("items" in b) return null;
  const keys = [...a.keys];
  for (const theirs of b.keys) {
    const [key, inner, optional] = theirs;
    const i = keys.findIndex(([name]) => name === key);
    const own = keys[i];
    const shape = own === undefined ? inner : commonShape(own[1], inner);
    if (own === undefined) keys.push(theirs);
    else if (shape !== null)
      keys[i] = optional === true && own[2] === true ? [key, shape, true] : [key, shape];
    else if (optional === true && own[2] === true) keys.splice(i, 1);
    else return null;
  }
  return { keys };
}

function commonType(x: LeafType, y: LeafType): LeafType | null {
  if (x === y || y === "any") return x;
  if (x === "any") return y;
  const integer = (x === "integer" && y === "number") || (x === "number" && y === "integer");
  return integer ? "integer" : null;
}

/** A response that both match, or `null` when there is none. */
export function meeting(
  a: Matcher,
  b: Matcher,
  places: Places,
  fits: (m: Matcher, w: Witness) => boolean,
): Witness | null {
  const status = common(a.statuses, b.statuses, (x, y) => (x === y ? x : null));
  const code = common(a.codes, b.codes, commonCode);
  if (status === null || code === null) return null;
  const asked = commonConditions(a, b);
  if (asked === null) return null;
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
  const rounds = Math.max(1, ...asked.map(([, test]) => test.length));
  for (const inCode of [null, ...codeSpots])
    for (const inText of [null, ...textSpots])
      for (let i = 0; i < rounds; i++) {
        let drawn: Drawn = { headers: {}, body: undefined };
        for (const condition of asked) drawn = satisfy(drawn, condition, i);
        for (const spot of [inCode, inText])
          if (spot !== null) drawn = place(drawn, spot.at, spot.value);
        const body = shape === undefined ? drawn.body : fill(shape, drawn.body);
        const { headers } = drawn;
        const witness: Witness = {
          status: status ?? 400,
          ...(Object.keys(headers).length > 0 ? { headers } : {}),
          body: body ?? null,
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

/** A smallest value of a shape that keeps what is there already. */
function fill(shape: Shape, value: unknown): unknown {
  if ("items" in shape) {
    const items = isObject(value) ? Object.values(value) : [];
    const wanted = shape.some === true && items.length === 0 ? [undefined] : items;
    return wanted.map((item) => fill(shape.items, item));
  }
  if ("keys" in shape) {
    const object = copy(value);
    for (const [key, inner, optional] of shape.keys)
      if (optional !== true || Object.hasOwn(object, key)) object[key] = fill(inner, object[key]);
    return object;
  }
  return hasShape(shape, value) ? value : shape.is[0] && samples[shape.is[0]];
}

const samples: Readonly<Record<LeafType, unknown>> = {
  string: "text",
  integer: 0,
  number: 0,
  boolean: false,
  object: {},
  array: [],
  nothing: null,
  any: 0,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** An object without a prototype: what a catalog calls `__proto__` is a key like any other. */
function copy(value: unknown): Record<string, unknown> {
  return Object.assign(Object.create(null), isObject(value) ? value : {});
}

/** The body with a value at some steps, objects and lists being made on the way. */
function put(body: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (step === "*") return [put(Array.isArray(body) ? body[0] : undefined, rest, value)];
  const object = copy(body);
  object[step] = put(object[step], rest, value);
  return object;
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
  const bare = ({ statuses: _, codes, texts, ...rest }: Matcher): Matcher => ({
    ...rest,
    ...(shared || texts === undefined ? {} : { texts }),
    // Where both have codes, they meet in one that both have.
    ...(codes === undefined || (a.codes !== undefined && b.codes !== undefined) ? {} : { codes }),
  });
  const [inner, outer] = [within(bare(a), bare(b)), within(bare(b), bare(a))];
  return inner ? (outer ? "equal" : "narrower") : outer ? "wider" : "crossing";
}

/** Whether every response that `a` matches is matched by `b` too. What it cannot show counts as not so. */
export function within(a: Matcher, b: Matcher): boolean {
  return (
    covers(b.statuses, a.statuses, (x, y) => x === y) &&
    covers(
      b.codes,
      a.codes?.flatMap(singly),
      (outer, inner) => commonCode(outer, inner) !== null,
    ) &&
    covers(b.texts, a.texts, (outer, inner) =>
      typeof outer === "string" ? outer === inner : includes(outer, asTemplate(inner)),
    ) &&
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

function shapeWithin(a: Shape, b: Shape): boolean {
  if ("is" in b) {
    if (b.is.includes("any")) return true;
    const types = "is" in a ? a.is : "keys" in a ? ["object" as const] : ["array" as const];
    return types.every(
      (type) => b.is.includes(type) || (type === "integer" && b.is.includes("number")),
    );
  }
  if ("items" in b)
    return (
      "items" in a && (b.some === undefined || a.some === true) && shapeWithin(a.items, b.items)
    );
  return (
    "keys" in a &&
    b.keys.every(([key, inner, optional]) => {
      const own = a.keys.find(([name]) => name === key);
      if (own === undefined) return false;
      return shapeWithin(own[1], inner) && (optional === true || own[2] !== true);
    })
  );
}
