/** Where values stand, and what has to stand there. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
import { hasStar } from "../match/pointer.js";
import type { Condition, Location } from "../model/channel.js";
import type { Test } from "../runtime/conditions.js";
import type { ConditionsSyntax, PlaceSyntax, Scalar } from "../read/language.js";
import type { Item } from "../resolve/item.js";

type At = Item<unknown>["at"];

/** Places as they stand under a key of a node: one, or a list of them. */
export function resolvePlaces(
  given: PlaceSyntax | readonly PlaceSyntax[] | undefined,
  at: At,
  log: DiagnosticLog,
): readonly Location[] {
  if (given === undefined) return [];
  const list = Array.isArray(given) ? (given as readonly PlaceSyntax[]) : [given as PlaceSyntax];
  return list.map((one, i) => {
    const here: At = (...path) => (Array.isArray(given) ? at(i, ...path) : at(...path));
    if (typeof one === "string") return plain(one);
    const { at: pointer, header, after, before, when } = one;
    checkOnePlace(one, here(), log);
    return {
      at: header === undefined ? (pointer ?? "") : null,
      header: header?.toLowerCase() ?? null,
      after: after ?? null,
      before: before ?? null,
      when: resolveConditions(when, "at"),
    };
  });
}

/** A value is in the body or in a header, not in both and not in neither. */
export function checkOnePlace(
  { at, header }: { readonly at?: string; readonly header?: string },
  place: Place,
  log: DiagnosticLog,
): void {
  if ((at === undefined) === (header === undefined))
    log.report("place/undecided", place, { both: at !== undefined });
}

const plain = (at: string): Location => ({
  ...{ at, header: null, after: null, before: null, when: [] },
});

export function resolveConditions(
  given: ConditionsSyntax | undefined,
  of: "at" | "header",
): readonly Condition[] {
  return Object.entries(given ?? {})
    .map(([key, wanted]) => ({
      ...{ at: null, header: null },
      [of]: of === "header" ? key.toLowerCase() : key,
      test: testOf(wanted),
    }))
    .sort((a, b) => compare(a[of] ?? "", b[of] ?? ""));
}

const words: readonly unknown[] = ["present", "absent", "filled", "empty"];

/** In a list every text is a value, so that the words can be values too. */
function testOf(wanted: Scalar | readonly Scalar[]): Test {
  if (Array.isArray(wanted)) return wanted as readonly Scalar[];
  if (words.includes(wanted)) return wanted as Test;
  const [, first, last] = /^(-?[0-9]{1,15})\.\.(-?[0-9]{1,15})$/.exec(String(wanted)) ?? [];
  return first === undefined ? [wanted as Scalar] : [[Number(first), Number(last)]];
}

/** `*` stands for every item of a list; where expected a single value there is nothing for it to stand for. */
export function checkSingle(
  pointers: readonly string[],
  what: string,
  at: At,
  log: DiagnosticLog,
): void {
  for (const pointer of pointers)
    if (hasStar(pointer)) log.report("place/wildcard", at(), { pointer, what });
}
