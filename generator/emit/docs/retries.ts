/** The page of an API that says what to do next: a diagram, and the waits before each attempt. */
import { spell } from "../../model/durations.js";
import type { RetryRule } from "../../model/retry.js";
import type { Api } from "../../sections/catalog.js";
import {
  code,
  fence,
  heading,
  type Inline,
  join,
  line,
  link,
  page,
  tableOf,
  text,
} from "../markdown.js";
import {
  attemptsOf,
  noticesCopies,
  type ResendRule,
  sendsAgain,
  type Use,
  usesOf,
  waitsOf,
} from "../../recognise/uses.js";
import type { OutputFile } from "../../model/output-file.js";
import type { Symbols } from "../target.js";
import { type Book, isLong } from "./book.js";
import { type Links, linksFrom } from "./links.js";

export function retryDocs(api: Api, book: Book, symbols: Symbols): readonly OutputFile[] {
  return [{ path: `docs/${api.id}/retries.md`, text: retryPage(api, book, symbols) }];
}

function retryPage(api: Api, book: Book, symbols: Symbols): string {
  return page(
    `${api.title}: what to do next`,
    `When to send a request of the ${api.title} again, when to look it up first, and when to stop.`,
    [
      heading(1, text(`${api.title}: what to do next`)),
      line`This is what ${code(symbols.advise(api))} answers. A write is sent again only if it was certainly not executed, or under the same idempotency key while the vendor remembers it. After an attempt with an unknown outcome, a later failure does not settle what happened to the order. Other pages: ${link(text("every error"), "index.md")}, ${link(text("retry libraries"), "../retries.md")}.`,
      fence("mermaid", diagram(api)),
      text(
        "Where the diagram says “stop and report it”, a write is looked up instead if an earlier attempt may have been executed. A write whose attempts are used up is also looked up, unless every one of them was certainly not executed.",
      ),
      ...waitBlocks(api, linksFrom(`${api.id}/retries.md`, book)),
    ],
  );
}

/** Failures with the same rule and the same outcome have the same way on. */
function diagram(api: Api): string {
  const uses = usesOf(api).filter(({ afterUnknown }) => !afterUnknown);
  const groups = groupsOf(uses, ({ rule, outcome }) => `${rule.name} ${outcome}`);
  const edges = groups.flatMap((uses, i) => {
    const { rule, outcome } = uses[0]!;
    const ways = waysOf(api, rule, outcome).map(([who, to]) =>
      who === null ? `r${i} --> ${to}` : `r${i} -->|"${who}"| ${to}`,
    );
    return [`failed --> f${i}["${labelOf(uses)}"] --> r${i}{{"${ruleLabel(rule)}"}}`, ...ways];
  });
  return [
    "flowchart LR",
    ...['failed(["a failure"])', ...edges].map((edge) => `  ${edge}`),
    '  again(["send again"])',
    '  look(["look it up first"])',
    '  stop(["stop and report it"])',
  ].join("\n");
}

function ruleLabel(rule: RetryRule): string {
  return sendsAgain(rule) ? `${rule.name}<br/>${attemptsOf(rule)} attempts` : rule.name;
}

const shown = 6;

/** Names have letters, digits and hyphens only, so nothing in a label needs an escape. */
function labelOf(uses: readonly Use[]): string {
  const names = uses.map(({ entry, failure }) => entry?.name ?? failure);
  return firstOf(names, (words) => words).join("<br/>");
}

/** The first of some names, and how many more there are. */
function firstOf<Name>(names: readonly Name[], name: (words: string) => Name): readonly Name[] {
  const rest = names.length - shown;
  return [...names.slice(0, shown), ...(rest > 0 ? [name(`and ${rest} more`)] : [])];
}

/** Where a rule leads, and for whom where not for all. */
function waysOf(
  api: Api,
  rule: RetryRule,
  outcome: Use["outcome"],
): readonly (readonly [who: string | null, to: "again" | "look" | "stop"])[] {
  const settled = outcome === "not-executed" || outcome === "executed";
  if (rule.data.verdict === "never" && settled) return [[null, "stop"]];
  if (!sendsAgain(rule))
    return [
      ["read", "stop"],
      ["write", "look"],
    ];
  const { identity, requires } = rule.data;
  if (requires === undefined && outcome === "not-executed") return [[null, "again"]];
  const safe =
    requires === "single-send"
      ? ["read", "write sent once"]
      : outcome === "unknown" && identity === "same" && noticesCopies(api)
        ? ["read", "write with its key"]
        : ["read"];
  return [
    [safe.join(", "), "again"],
    [safe.length > 1 ? "other write" : "write", "look"],
  ];
}

function waitBlocks(api: Api, links: Links): (string | null)[] {
  const uses = usesOf(api).flatMap(({ rule, ...use }) =>
    sendsAgain(rule) ? [{ ...use, rule }] : [],
  );
  if (uses.length === 0) return [];
  const rules = new Set(uses.map(({ rule }) => rule));
  const columns = Math.max(...[...rules].map((rule) => waitsOf(rule, "shortest").length));
  const attempts = Array.from({ length: columns }, (_, i) => `Attempt ${i + 2}`);
  const rows = uses.map(({ entry, failure, afterUnknown, rule }) => ({
    after:
      entry === null
        ? text(failure)
        : line`${links.entry(entry)}${text(afterUnknown ? " after an attempt with an unknown outcome" : "")}`,
    cells: [
      links.rule(rule),
      ...cellsOf(rule, columns),
      entry === null ? text("") : askedIn(rule),
      text(rule.data.jitterMs === undefined ? "" : `up to ${spell(rule.data.jitterMs)}`),
    ],
  }));
  const head = ["After", "Rule", ...attempts, "Or as the response asks", "Jitter"];
  const table = (shown: readonly Row[]): string =>
    tableOf(
      head.map(text),
      shown.map(({ after, cells }) => [after, ...cells]),
    );
  const whole = table(rows);
  return [
    heading(2, text("How long to wait")),
    text(
      "The shortest wait before each attempt, with the shortest time since the first attempt in brackets. The first call is attempt 1. A response may ask for a wait of its own, in the field or header named here. The jitter, a random time, is added to each wait.",
    ),
    isLong(whole) ? table(alike(rows)) : whole,
  ];
}

interface Row {
  readonly after: Inline;
  readonly cells: readonly Inline[];
}

/** One row for all failures after which the waits are the same. */
function alike(rows: readonly Row[]): readonly Row[] {
  return groupsOf(rows, ({ cells }) => String(cells)).map((group) => ({
    after: join(
      firstOf(
        group.map(({ after }) => after),
        text,
      ),
    ),
    cells: group[0]!.cells,
  }));
}

function groupsOf<T>(list: readonly T[], by: (one: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(by(one));
    if (group === undefined) groups.set(by(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function cellsOf(rule: ResendRule, columns: number): readonly Inline[] {
  const waits = waitsOf(rule, "shortest");
  return Array.from({ length: columns }, (_, i) => {
    const ms = waits[i];
    if (ms === undefined) return text("");
    const total = waits.slice(0, i + 1).reduce((sum, wait) => sum + wait, 0);
    const delay = rule.data.delay === undefined ? "at once" : spell(ms);
    const wait = `${delay} (${spell(total)})`;
    return text(wait);
  });
}

/** The headers and fields in which a response may say how long to wait. */
function askedIn({ data: { delay, combine } }: ResendRule): Inline {
  const names = (delay ?? []).flatMap((source) => {
    if (source.source === "header") return [code(source.header)];
    return source.source === "field" ? [code(source.field)] : [];
  });
  if (names.length === 0) return text("");
  return line`${join(names, " or ")}, ${text(combine === "longest" ? "if longer" : "if given")}`;
}
