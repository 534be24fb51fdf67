/**
 * How two matchers relate: a response that both would match, and whether one is narrower. A matcher is a product of
 * independent features (statuses, codes, texts, shape, values), so both questions are answered feature by feature.
 */
import type { Matcher, Places } from "../runtime/matcher.js";
import { hasShape, type LeafType, type Shape } from "../runtime/shape.js";
import type { Part } from "../runtime/template.js";
import { commonText, includes, plainlyApart } from "./texts.js";

export interface Witness {
  readonly status: number | null;
  readonly body: unknown;
}

/** Identity comes before evidence: a code first, then a text, a shape or a value, and a status alone last. */
export function tier({ codes, texts, shape, where }: Matcher): 0 | 1 | 2 {
  return codes !== undefined ? 0 : (texts ?? shape ?? where) ? 1 : 2;
}

type Code = NonNullable<Matcher["codes"]>[number];
type Text = NonNullable<Matcher["texts"]>[number];
type Where = NonNullable<Matcher["where"]>;

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

/** The values that both allow at each pointer, or `null` when one has none left. */
function commonWhere(a: Where | undefined, b: Where | undefined): Where | null {
  if (a === undefined || b === undefined) return a ?? b ?? [];
  const both = [...a];
  for (const [steps, values] of b) {
    const i = both.findIndex(([other]) => isSame(other, steps));
    const left = i < 0 ? values : values.filter((value) => both[i]![1].includes(value));
    if (left.length === 0) return null;
    both[i < 0 ? both.length : i] = [steps, left];
  }
  return both;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((step, i) => step === b[i]);
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
  if ("items" in a)
    return "items" in b ? { items: commonShape(a.items, b.items) ?? { is: [] } } : null;
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
  const where = commonWhere(a.where, b.where);
  if (where === null) return null;
  const shape = a.shape && b.shape ? commonShape(a.shape, b.shape) : (a.shape ?? b.shape);
  if (shape === null) return null;
  const text = common(a.texts, b.texts, textInBoth);
  if (text === null) return null;
  // When a shape or a where has a say about the same place, it matters which of its places a code or text takes (or
  // leaves to the where), and whether a code comes as a number or as its digits.
  const numeric = typeof code === "string" ? Number(code) : code;
  const codes = code === undefined ? [] : [...new Set([code, String(code), numeric])];
  const codeSpots = codes.flatMap((value) => places.code.map((at) => ({ at, value })));
  const textSpots = text === undefined ? [] : places.message.map((at) => ({ at, value: text }));
  const rounds = Math.max(1, ...where.map(([, values]) => values.length));
  for (const inCode of [null, ...codeSpots])
    for (const inText of [null, ...textSpots])
      for (let i = 0; i < rounds; i++) {
        let body: unknown = undefined;
        for (const [steps, values] of where)
          body = put(body, steps, values[Math.min(i, values.length - 1)]);
        for (const spot of [inCode, inText])
          if (spot !== null) body = put(body, spot.at, spot.value);
        if (shape !== undefined) body = fill(shape, body);
        const witness = { status: status ?? 400, body: body ?? null };
        if (fits(a, witness) && fits(b, witness)) return witness;
      }
  return null;
}

/** A smallest value of a shape that keeps what is there already. */
function fill(shape: Shape, value: unknown): unknown {
  if ("items" in shape)
    return isObject(value) ? Object.values(value).map((item) => fill(shape.items, item)) : [];
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

/** The body with a value at some steps, objects being made on the way. */
function put(body: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const object = copy(body);
  object[step] = put(object[step], rest, value);
  return object;
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
    (b.where ?? []).every(([steps, values]) =>
      (a.where ?? []).some(
        ([other, inner]) => isSame(other, steps) && inner.every((value) => values.includes(value)),
      ),
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
  if ("items" in b) return "items" in a && shapeWithin(a.items, b.items);
  return (
    "keys" in a &&
    b.keys.every(([key, inner, optional]) => {
      const own = a.keys.find(([name]) => name === key);
      if (own === undefined) return false;
      return shapeWithin(own[1], inner) && (optional === true || own[2] !== true);
    })
  );
}
