/** Differences between a catalog and a page in words. */
import { positionOf, spanOf } from "../diagnostics/pretty.js";
import { type Paint, plain } from "../diagnostics/paint.js";
import type { Notice } from "../diagnostics/notice.js";
import { visible } from "../diagnostics/visible.js";
import type { Difference, Touched } from "./difference.js";

/** Every difference with its line of the page, and below it the places of the catalog that it is about. */
export function prettyDifferences(
  differences: readonly Difference[],
  page: string,
  paint: Paint = plain,
): string {
  return differences
    .map((difference) =>
      [
        `${paint("strong", visible(`${page}:${difference.line}`))}  ${paint("warning", difference.kind)}  ${visible(said(difference))}`,
        ...shortened(difference.touches.map((one) => `  ${visible(touched(one))}`)),
      ].join("\n"),
    )
    .join("\n\n");
}

/** The same as data: places as file, line and column. */
export function differenceData({ touches, ...difference }: Difference): object {
  return {
    ...difference,
    touches: touches.map(({ of, what, place }) => ({ of, what, ...positionOf(place) })),
  };
}

const whys: Readonly<Record<Difference["kind"], string>> = {
  missing: "The page says something that the catalog does not have.",
  gone: "The catalog has something that the page no longer says.",
  changed: "The page says it otherwise than the catalog.",
  heading: "The catalog cites a heading that the page does not have.",
  page: "The page is not the one that the catalog was read from.",
};

/** The same for every format, with a place on the page. */
export function differenceNotices(
  differences: readonly Difference[],
  page: string,
): readonly Notice[] {
  return differences.map((difference) => ({
    ...{ id: `verify/${difference.kind}`, level: "error", why: whys[difference.kind] },
    ...{ says: said(difference), help: null },
    at: { file: page, line: difference.line, column: 1 },
    related: difference.touches.map(({ of, what, place }) => ({
      at: spanOf(place),
      note: `${of}: ${what}`,
    })),
  }));
}

function said({ kind, before, after, beside, under, wasLine }: Difference): string {
  const where = under === null ? "" : ` under ${JSON.stringify(under)}`;
  const was = wasLine === null ? "" : ` (line ${wasLine} when it was read)`;
  const [old, now, same] = [before, after, beside].map(listed) as [string, string, string];
  switch (kind) {
    case "missing":
      return `${now === "" ? "Something" : now} stands${where}, and the catalog does not have it.`;
    case "gone":
      if (wasLine === null) return `The page does not have ${old} where the catalog cites it.`;
      return `${old === "" ? "What stood" : `${old} stood`}${where}${was}, and does no more.`;
    case "changed":
      if (old === "" && now === "")
        return `The words${same === "" ? "" : ` beside ${same}`}${where}${was} are not the same any more.`;
      return `${old === "" ? "Nothing" : old} became ${now === "" ? "nothing literal" : now}${where}${was}.`;
    case "heading":
      return `There is no heading ${before[0]} on the page${after.length === 0 ? "" : `: ${now} is in its place`}.`;
    case "page":
      return before.length === 0
        ? "The page is not the one that was read, byte for byte; all that it says is the same."
        : `None of the headings that the catalog cites is on this page: is it the right document?`;
  }
}

const shownLiterals = 6;

function listed(literals: readonly string[]): string {
  const shown = literals.slice(0, shownLiterals).map((one) => JSON.stringify(one));
  const rest = literals.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

const shownPlaces = 5;

function shortened(lines: readonly string[]): readonly string[] {
  const rest = lines.length - shownPlaces;
  return rest > 1 ? [...lines.slice(0, shownPlaces), `  … and ${rest} more`] : lines;
}

function touched({ of, what, place }: Touched): string {
  const { file, line, column } = positionOf(place);
  return `${file}:${line}:${column}  ${of}: ${what}`;
}
