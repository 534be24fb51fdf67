/** A response that one matcher takes and another does not: found feature by feature, and believed only once it was tried. */
import {
  asTemplate,
  comparable,
  conditionsOf,
  draw,
  isFolded,
  type Witness,
} from "../match/meeting.js";
import { textOutside } from "../match/texts.js";
import { holds, readPlace } from "../runtime/conditions.js";
import { fits, hasStatus, isPrefix, look, type Matcher, type Text } from "../runtime/matcher.js";
import type { Places } from "../runtime/places.js";
import { templates } from "../runtime/prefixes.js";
import type { LeafType, Shape } from "../runtime/shape.js";

/** What comes back from an API, as far as a matcher looks at it. */
export type Response = Witness;

/** What one feature of a matcher may be in a response; `undefined` where it is left out. */
interface Choice {
  readonly status?: number | undefined;
  readonly code?: number | string | undefined;
  readonly text?: string | undefined;
  readonly shape?: Shape | undefined;
  readonly round?: number;
  readonly operation?: string | undefined;
}

/** A response that `a` takes and `b` does not, or `null` where none was found. */
export function between(a: Matcher, b: Matcher, places: Places): Response | null {
  const base: Choice = {
    status: statusesOf(a, b)[0],
    code: codesOf(a, b)[0],
    text: textsOf(a, b)[0],
    shape: a.shape,
    operation: operationsOf(a, b)[0],
  };
  // A matcher is a product of its features: what it takes and the other does not differs in one of them.
  const choices: readonly Choice[] = [
    base,
    ...statusesOf(a, b).map((status) => ({ ...base, status })),
    ...codesOf(a, b).map((code) => ({ ...base, code })),
    ...textsOf(a, b).map((text) => ({ ...base, text })),
    ...(a.shape === undefined ? [] : [...variants(a.shape)].map((shape) => ({ ...base, shape }))),
    ...roundsOf(a).map((round) => ({ ...base, round })),
    ...operationsOf(a, b).map((operation) => ({ ...base, operation })),
  ];
  for (const choice of choices)
    for (const response of responses(a, choice, places))
      if (takes(a, response, places) && !takes(b, response, places)) return response;
  return null;
}

/** Whether a matcher takes a response, by default only under a status that it expects, if it expects any. */
export function takes(
  matcher: Matcher,
  { status, body, headers, operation }: Response,
  places: Places,
  isExpected = true,
): boolean {
  const { statuses } = matcher;
  if (isExpected && statuses !== undefined && !hasStatus(statuses, status)) return false;
  const seen = look({ ...places, read: readPlace, holds }, status, body, headers, operation);
  return fits(matcher, seen, templates, holds) !== null;
}

/** Responses of one choice: with its code and its text at each place that the channel has for them. */
function* responses(a: Matcher, choice: Choice, places: Places): Iterable<Response> {
  const { status, code, text, shape, round = 0, operation } = choice;
  const spotsOf = (value: unknown, list: Places["code"]) =>
    value === undefined ? [[]] : list.map((at) => [{ at, value }]);
  for (const inCode of spotsOf(code, places.code))
    for (const inText of spotsOf(text, places.message)) {
      const { headers, body } = draw(conditionsOf(a), round, [...inCode, ...inText], shape);
      yield {
        status: status ?? null,
        ...(Object.keys(headers).length > 0 ? { headers } : {}),
        ...(operation === undefined ? {} : { operation }),
        body: body ?? null,
      };
    }
}

/** The ends of what `a` has, and what lies beside the ends of what `b` has. */
function beside(
  spans: readonly (readonly [number, number])[],
  others: readonly (readonly [number, number])[],
): readonly number[] {
  const near = others.flatMap(([first, last]) => [first - 1, last + 1]);
  return spans.flatMap(([first, last]) => [
    first,
    last,
    ...near.filter((one) => first <= one && one <= last),
  ]);
}

const anyStatus = [400, 500, 200, 404, 503, 302] as const;

function statusesOf(a: Matcher, b: Matcher): readonly (number | undefined)[] {
  const spans = ({ statuses = [] }: Matcher) =>
    statuses.map((one) => (typeof one === "number" ? ([one, one] as const) : one));
  if (a.statuses !== undefined) return beside(spans(a), spans(b));
  return b.statuses === undefined
    ? [undefined]
    : anyStatus.filter((status) => !hasStatus(b.statuses!, status));
}

function codesOf(a: Matcher, b: Matcher): readonly (number | string | undefined)[] {
  if (a.codes === undefined) return [undefined];
  const runs = ({ codes = [] }: Matcher) =>
    codes.flatMap((code): (readonly [number, number])[] => {
      if (typeof code === "number") return [[code, code]];
      return typeof code === "object" && !isPrefix(code) ? [code] : [];
    });
  const texts = a.codes.flatMap((code) => {
    if (typeof code === "string") return [code];
    if (typeof code !== "object" || !isPrefix(code)) return [];
    return [`${code[0]}0`, `${code[0]}-`, code[0]];
  });
  return [...beside(runs(a), runs(b)), ...texts];
}

function textsOf(a: Matcher, b: Matcher): readonly (string | undefined)[] {
  if (a.texts === undefined) return [undefined];
  const others = b.texts ?? [];
  return a.texts.flatMap((text) => [...outside(text, others), ...outside(text, [])]);
}

/** A shortest text that one stands for and the others do not, in capitals too where that makes no difference to it. */
function outside(text: Text, others: readonly Text[]): readonly string[] {
  const read = others.map((other) => comparable(text, other)[1]);
  const isSmall = isFolded(text) || others.some(isFolded);
  const own = isSmall ? comparable(text, text)[0] : asTemplate(text);
  const apart = textOutside(own, read);
  const whole = textOutside(own, []);
  const capitals = isFolded(text) && whole !== null ? [whole.toUpperCase()] : [];
  return apart === null ? capitals : [apart, ...capitals];
}

function operationsOf(a: Matcher, b: Matcher): readonly (string | undefined)[] {
  if (a.operations !== undefined) return a.operations;
  return b.operations === undefined ? [undefined] : ["another-operation"];
}

function roundsOf(a: Matcher): readonly number[] {
  const most = Math.max(1, ...conditionsOf(a).map(([, test]) => test.length));
  return Array.from({ length: most }, (_, round) => round);
}

/** A shape with one of its leaves of one type only, or one of its keys left out: what is in it, one difference at a time. */
function* variants(shape: Shape): Iterable<Shape> {
  if ("is" in shape) {
    for (const type of shape.is) yield { is: [type === "any" ? ("boolean" as LeafType) : type] };
    return;
  }
  if ("items" in shape) {
    for (const items of variants(shape.items)) yield { items, some: true };
    if (shape.some !== true) yield shape;
    return;
  }
  for (const [i, [key, inner, optional]] of shape.keys.entries()) {
    const others = shape.keys.filter((_, at) => at !== i);
    if (optional === true) yield { keys: others };
    for (const one of variants(inner)) yield { keys: [...others, [key, one]] };
  }
}
