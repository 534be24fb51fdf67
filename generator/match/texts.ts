/** What is decidable about templates: whether two share a text, and whether one holds every text of the other. */
import { languageOf, type Part, type PlaceholderType } from "../runtime/template.js";
import { units as waitUnits } from "../runtime/waits.js";

/** A place in a template: before a character of a fixed part, or in a state of a placeholder's automaton. */
interface Spot {
  readonly part: number;
  readonly state: number;
}

type Template = readonly Part[];

// Placeholder types tell apart only these kinds of characters; any other character behaves like one of them.
const samples = [...new Set("aAfFgGmshdzZ09 \t\n-./:,é中\u00a0")].map((c) => c.charCodeAt(0));

/** What waits tell apart besides: the letters of their units and dates. */
const more: Readonly<Partial<Record<PlaceholderType, string>>> = {
  duration: `PTDHMS${Object.keys(waitUnits).join("")}`,
  iso: "T+",
  "http-date": "+",
};

function alphabet(...templates: readonly Template[]): readonly number[] {
  const units = new Set(samples);
  for (const part of templates.flat()) {
    const characters = typeof part === "string" ? part : (more[part[1]] ?? "");
    for (let i = 0; i < characters.length; i++) units.add(characters.charCodeAt(i));
  }
  return [...units];
}

const key = ({ part, state }: Spot): string => `${part}.${state}`;

/** The spots that are reached without reading anything, the given one included. */
function settle(template: Template, { part, state }: Spot): readonly Spot[] {
  const spots: Spot[] = [{ part, state }];
  const at = template[part];
  const over =
    typeof at === "string"
      ? state === at.length
      : at !== undefined && languageOf(at).accepts(state);
  if (over) spots.push(...settle(template, { part: part + 1, state: 0 }));
  return spots;
}

function step(template: Template, { part, state }: Spot, unit: number): readonly Spot[] {
  const at = template[part];
  if (at === undefined) return [];
  const next =
    typeof at === "string"
      ? state < at.length && at.charCodeAt(state) === unit
        ? state + 1
        : -1
      : languageOf(at).next(state, unit);
  return next < 0 ? [] : settle(template, { part, state: next });
}

const start = (template: Template): readonly Spot[] => settle(template, { part: 0, state: 0 });

/** A shortest text that both templates stand for, or `null`. */
export function commonText(a: Template, b: Template): string | null {
  const units = alphabet(a, b);
  const seen = new Set<string>();
  let front: { x: Spot; y: Spot; text: string }[] = [];
  const reach = (x: Spot, y: Spot, text: string): void => {
    const pair = `${key(x)}|${key(y)}`;
    if (seen.has(pair)) return;
    seen.add(pair);
    front.push({ x, y, text });
  };
  for (const x of start(a)) for (const y of start(b)) reach(x, y, "");
  while (front.length > 0) {
    const layer = front;
    front = [];
    for (const { x, y, text } of layer) {
      if (x.part === a.length && y.part === b.length) return text;
      for (const unit of units) {
        const ys = step(b, y, unit);
        if (ys.length === 0) continue;
        for (const x2 of step(a, x, unit))
          for (const y2 of ys) reach(x2, y2, text + String.fromCharCode(unit));
      }
    }
  }
  return null;
}

/** Whether every text of `a` is a text of `b`. */
export function includes(b: Template, a: Template): boolean {
  return textOutside(a, [b]) === null;
}

/**
 * A shortest text of `a` that is a text of none of the others, or `null`. Where `a` can be, paired with all the places where
 * the others then can be, is looked at in breadth; a pair tells nothing new if they had fewer places in one that was seen,
 * and so they stay few.
 */
export function textOutside(a: Template, others: readonly Template[]): string | null {
  const units = alphabet(a, ...others);
  const fewest = new Map<string, ReadonlyMap<string, OtherSpot>[]>();
  const open: { x: Spot; ys: ReadonlyMap<string, OtherSpot>; text: string }[] = [];
  const reach = (x: Spot, spots: readonly OtherSpot[], text: string): void => {
    const ys = new Map(spots.map((other) => [`${other.of}:${key(other.at)}`, other]));
    const seen = fewest.get(key(x)) ?? [];
    if (seen.some((less) => isPart(less, ys))) return;
    fewest.set(key(x), [...seen.filter((more) => !isPart(ys, more)), ys]);
    open.push({ x, ys, text });
  };
  const starts = others.flatMap((b, of) => start(b).map((at) => ({ of, at })));
  for (const x of start(a)) reach(x, starts, "");
  for (const { x, ys, text } of open) {
    if (!fewest.get(key(x))!.includes(ys)) continue;
    const spots = [...ys.values()];
    const isOther = spots.some(({ of, at }) => at.part === others[of]!.length);
    if (x.part === a.length && !isOther) return text;
    for (const unit of units) {
      const xs = step(a, x, unit);
      if (xs.length === 0) continue;
      const next = spots.flatMap(({ of, at }) =>
        step(others[of]!, at, unit).map((to) => ({ of, at: to })),
      );
      for (const x2 of xs) reach(x2, next, text + String.fromCharCode(unit));
    }
  }
  return null;
}

/** A place in one of several templates, by its index. */
interface OtherSpot {
  readonly of: number;
  readonly at: Spot;
}

function isPart(less: ReadonlyMap<string, unknown>, more: ReadonlyMap<string, unknown>): boolean {
  if (less.size > more.size) return false;
  for (const one of less.keys()) if (!more.has(one)) return false;
  return true;
}

/** Whether the fixed beginnings and ends of two templates already keep them apart: cheap, and never wrongly so. */
export function plainlyApart(a: Template, b: Template): boolean {
  const fixed = (part: Part | undefined): string => (typeof part === "string" ? part : "");
  const [headA, headB] = [fixed(a[0]), fixed(b[0])];
  const [tailA, tailB] = [fixed(a[a.length - 1]), fixed(b[b.length - 1])];
  return (
    !(headA.startsWith(headB) || headB.startsWith(headA)) ||
    !(tailA.endsWith(tailB) || tailB.endsWith(tailA))
  );
}
