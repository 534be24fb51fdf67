/** A change of a page since it was read, as a difference: with what of the catalog it is about. */
import type { Source } from "../model/trace.js";
import type { Difference, Touched } from "./difference.js";
import { type Citing, type Fact, touchedBy } from "./facts.js";
import { anchorKey, type Block, type Page, quantitiesIn } from "./page.js";
import { allLiterals, type BlockChange } from "./record.js";
import type { Shown } from "./shown.js";

/** What there is to be about. */
interface Known {
  readonly facts: readonly Fact[];
  readonly cited: readonly Citing[];
  readonly source: Source;
  readonly page: Page;
}

/** The headings down to the one that has an anchor. */
function headingOf(page: Page, anchor: string): Block["under"] {
  const found = page.blocks.find(({ under }) => under[under.length - 1]?.anchors.includes(anchor));
  return found?.under ?? [];
}

/** A change of the page since it was read, with what of the catalog it is about. */
export function fromChange({ was, is, line }: BlockChange, known: Known): Difference {
  const { page } = known;
  const old = was?.literals ?? [];
  const now = is === null ? [] : allLiterals(is);
  const before = old.filter((one) => !now.includes(one));
  const after = now.filter((one) => !old.includes(one));
  const heading = (is?.under ?? headingOf(page, was!.under)).slice(-1)[0];
  const at = { line, wasLine: was?.line ?? null, under: heading?.text ?? null };
  if (was?.kind === "heading") {
    const cited = known.cited.flatMap(({ headings }) => headings);
    const lost = cited.find((one) => anchorKey(one) === was.under);
    const isLost = lost !== undefined && headingOf(page, was.under).length === 0;
    if (isLost)
      return {
        ...at,
        ...{
          kind: "heading",
          before: [`#${lost}`],
          after: is === null ? [] : [is.text],
          beside: [],
        },
        touches: touchedIn({ was, is, line }, before, known),
      };
  }
  return {
    kind: was === null ? "missing" : is === null ? "gone" : "changed",
    ...at,
    ...{ before, after, beside: old.filter((one) => now.includes(one)) },
    touches: touchedIn({ was, is, line }, before, known),
  };
}

/**
 * The facts of what is gone from a block; if nothing literal is, those of the block as a whole; or else what cites the
 * heading above it, or the source itself.
 */
function touchedIn(
  { was, is }: BlockChange,
  before: readonly string[],
  { facts, cited, source }: Known,
): readonly Touched[] {
  const heading = was?.under ?? is?.under[is.under.length - 1]?.anchors[0] ?? "";
  const isUnder = (headings: readonly string[]): boolean =>
    headings.some((one) => anchorKey(one) === heading);
  const held = (literals: readonly string[]): readonly Touched[] => {
    const shown = shownBy(literals);
    return facts.filter((fact) => literals.length > 0 && fact.holds(shown)).map(touchedBy);
  };
  const citing = cited
    .filter(({ headings }) => isUnder(headings))
    .map(({ of, place }) => ({ of, place, what: "cites it" }));
  const isHeading = (was ?? is)!.kind === "heading";
  const found = isHeading
    ? [citing]
    : [held(before), held(was?.literals ?? []), is === null ? [] : held(allLiterals(is)), citing];
  const first = found.find(({ length }) => length > 0);
  if (first !== undefined) return first;
  return [{ of: `sources.${source.name}`, place: source.place, what: "the page" }];
}

function shownBy(literals: readonly string[]): Shown {
  return { literals, quantities: literals.flatMap(quantitiesIn), text: literals.join(" ") };
}
