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
import { anchorOf, ruleAnchor } from "./trace.js";

export function retryDocs(api: Api, symbols: Symbols): readonly OutputFile[] {
  return [{ path: `docs/${api.id}/retries.md`, text: retryPage(api, symbols) }];
}

function retryPage(api: Api, symbols: Symbols): string {
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
      ...waitBlocks(api),
    ],
  );
}

/** Failures with the same rule and the same outcome have the same way on. */
function diagram(api: Api): string {
  const groups = new Map<string, Use[]>();
  for (const use of usesOf(api).filter(({ afterUnknown }) => !afterUnknown)) {
    const group = `${use.rule.name} ${use.outcome}`;
    const others = groups.get(group);
    if (others === undefined) groups.set(group, [use]);
    else others.push(use);
  }
  const edges = [...groups.values()].flatMap((uses, i) => {
    const [{ rule, outcome }] = uses as [Use];
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
  const rest = names.length - shown;
  return [...names.slice(0, shown), ...(rest > 0 ? [`and ${rest} more`] : [])].join("<br/>");
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

function waitBlocks(api: Api): (string | null)[] {
  const uses = usesOf(api).flatMap(({ rule, ...use }) =>
    sendsAgain(rule) ? [{ ...use, rule }] : [],
  );
  if (uses.length === 0) return [];
  const rules = new Set(uses.map(({ rule }) => rule));
  const columns = Math.max(...[...rules].map((rule) => waitsOf(rule, "shortest").length));
  const attempts = Array.from({ length: columns }, (_, i) => text(`Attempt ${i + 2}`));
  return [
    heading(2, text("How long to wait")),
    text(
      "The shortest wait before each attempt, with the shortest time since the first attempt in brackets. The first call is attempt 1. A response may ask for a wait of its own, in the field or header named here. The jitter, a random time, is added to each wait.",
    ),
    tableOf(
      [
        ...["After", "Rule"].map(text),
        ...attempts,
        ...["Or as the response asks", "Jitter"].map(text),
      ],
      uses.map(({ entry, failure, afterUnknown, rule }) => [
        entry === null
          ? text(failure)
          : line`${link(text(entry.title), `index.md#${anchorOf(entry)}`)}${text(afterUnknown ? " after an attempt with an unknown outcome" : "")}`,
        link(code(rule.name), `index.md#${ruleAnchor(rule)}`),
        ...cellsOf(rule, columns),
        entry === null ? text("") : askedIn(rule),
        text(rule.data.jitterMs === undefined ? "" : `up to ${spell(rule.data.jitterMs)}`),
      ]),
    ),
  ];
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
