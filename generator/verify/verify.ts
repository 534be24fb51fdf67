/** The catalog against a vendor's page: what is missing, gone or changed, each with its place in both. */
import type { Source } from "../model/trace.js";
import type { RecognisedApi } from "../recognise/recognise.js";
import { fromChange } from "./changes.js";
import type { Difference, Touched } from "./difference.js";
import { type Citing, citings, type Fact, factsOf, touchedBy } from "./facts.js";
import { knowledge, type Stranger, strangers } from "./known.js";
import { anchorKey, type Block, collapsed, type Heading, type Page } from "./page.js";
import { changesSince, type PageRecord } from "./record.js";

export interface Verified {
  readonly differences: readonly Difference[];
  /** How many facts of the catalog were found on the page, and how many blocks it has. */
  readonly facts: number;
  readonly blocks: number;
  readonly isRecorded: boolean;
}

/** Compares an API with the page of one of its sources, and with what was recorded when that was read. */
export function verify(
  api: RecognisedApi,
  source: Source,
  page: Page,
  record: PageRecord | null,
): Verified {
  const facts = factsOf(api, source);
  const cited = citings(api, source);
  const anchors = new Set(page.blocks.flatMap(({ under }) => under.flatMap((one) => one.anchors)));
  const isThere = (heading: string): boolean => anchors.has(anchorKey(heading));
  const lost = [...new Set(cited.flatMap(({ headings }) => headings))].filter(
    (one) => !isThere(one),
  );
  const all = new Set(cited.flatMap(({ headings }) => headings)).size;
  const whole = { facts: 0, blocks: page.blocks.length, isRecorded: record !== null };
  // Somebody else's page would differ in everything; one sentence says more.
  if (all > 0 && lost.length === all) return { ...whole, differences: [wrongPage(cited)] };

  const gone = facts.filter((fact) => fact.isCertain && !isOn(page, fact, isThere));
  const strange = strangers(page, api, knowledge(api));
  const changes = record === null ? [] : changesSince(record, page);
  const recorded = changes.map((change) => fromChange(change, { facts, cited, source, page }));
  const touched = new Set(recorded.flatMap(({ touches }) => touches.map(keyOf)));
  const changedLines = new Set(changes.flatMap(({ is }) => is?.line ?? []));
  const changedHeadings = new Set(
    changes.flatMap(({ was }) => (was?.kind === "heading" ? [was.under] : [])),
  );
  const others = [
    ...paired(
      gone.filter((fact) => !touched.has(keyOf(touchedBy(fact)))),
      // What stood there when the page was read, and became no fact, was read all the same.
      record === null ? strange : [],
      page,
    ),
    ...lost
      .filter((heading) => !changedHeadings.has(anchorKey(heading)))
      .map((heading) => lostHeading(heading, cited)),
  ];
  const named = recorded.map((one) => withStrangers(one, strange, changedLines));
  const differences = [...named, ...others].sort((a, b) => a.line - b.line);
  const isOther = page.sha256 !== (source.sha256 ?? record?.sha256 ?? page.sha256);
  if (differences.length === 0 && isOther) differences.push(otherBytes(source));
  const found = facts.filter((fact) => isOn(page, fact, isThere)).length;
  return { ...whole, differences, facts: found };
}

const keyOf = ({ of, what }: Touched): string => `${of} ${what}`;

/** Whether a fact is found under a heading that it cites; or anywhere, once one of those is gone, which is said by itself. */
function isOn(page: Page, fact: Fact, isThere: (heading: string) => boolean): boolean {
  const wanted = fact.headings.every(isThere) ? fact.headings.map(anchorKey) : [];
  const isWanted = ({ anchors }: Heading): boolean => anchors.some((one) => wanted.includes(one));
  return page.blocks.some(({ kind, under, ...block }) => {
    // A heading says what is below it, and nothing of what is beside it under the one that is cited.
    const about = kind === "heading" ? under.slice(-1) : under;
    return (wanted.length === 0 || about.some(isWanted)) && fact.holds(block);
  });
}

/** What a change is about, rather as what the catalog lacks of it than as all that is new. */
function withStrangers(
  difference: Difference,
  strange: readonly Stranger[],
  changed: ReadonlySet<number>,
): Difference {
  const own = strange.filter(({ line }) => line === difference.line && changed.has(line));
  const shown = own.map((one) => collapsed(one.shown));
  if (own.length === 0 || difference.after.length > 0) return difference;
  return { ...difference, after: shown };
}

/** What is gone beside what is missing in the same section, as far as the two are of a kind; and the rest by themselves. */
function paired(
  gone: readonly Fact[],
  strange: readonly Stranger[],
  page: Page,
): readonly Difference[] {
  const rest = [...strange];
  const sectionOf = (line: number): Block["under"] =>
    page.blocks.find((block) => block.line === line)?.under ?? [];
  const isIn = (fact: Fact, line: number): boolean =>
    fact.headings.some((heading) =>
      sectionOf(line).some(({ anchors }) => anchors.includes(anchorKey(heading))),
    );
  const differences = gone.map((fact): Difference => {
    const place = rest.findIndex(({ what, line }) => what === fact.what && isIn(fact, line));
    const [other] = place < 0 ? [] : rest.splice(place, 1);
    const heading = page.blocks.find(
      ({ kind, under }) =>
        kind === "heading" &&
        under[under.length - 1]!.anchors.some((one) => fact.headings.map(anchorKey).includes(one)),
    );
    const line = other?.line ?? heading?.line ?? 1;
    return {
      kind: other === undefined ? "gone" : "changed",
      ...{ line, wasLine: null, under: underOf(page, line) },
      ...{ before: [fact.shown], after: other === undefined ? [] : [other.shown], beside: [] },
      touches: [touchedBy(fact)],
    };
  });
  const missing = rest.map(({ line, shown }): Difference => ({
    ...{ kind: "missing", line, wasLine: null, under: underOf(page, line) },
    ...{ before: [], after: [shown], beside: [], touches: [] },
  }));
  return [...differences, ...missing];
}

function underOf(page: Page, line: number): string | null {
  const block = page.blocks.find((one) => one.line === line);
  return block?.under[block.under.length - 1]?.text ?? null;
}

function lostHeading(heading: string, cited: readonly Citing[]): Difference {
  return {
    ...{
      kind: "heading",
      line: 1,
      wasLine: null,
      under: null,
      before: [`#${heading}`],
      after: [],
      beside: [],
    },
    touches: cited
      .filter(({ headings }) => headings.includes(heading))
      .map(({ of, place }) => ({ of, place, what: "cites it" })),
  };
}

function wrongPage(cited: readonly Citing[]): Difference {
  const headings = [...new Set(cited.flatMap((one) => one.headings))];
  return {
    ...{ kind: "page", line: 1, wasLine: null, under: null },
    ...{ before: headings.map((one) => `#${one}`), after: [], beside: [] },
    touches: cited.slice(0, 1).map(({ of, place }) => ({ of, place, what: "cites it" })),
  };
}

function otherBytes({ name, place, sha256 }: Source): Difference {
  return {
    ...{ kind: "page", line: 1, wasLine: null, under: null, before: [], after: [], beside: [] },
    touches: [{ of: `sources.${name}`, place, what: sha256 === null ? "the page" : "its sha256" }],
  };
}
