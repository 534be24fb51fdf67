/** Where failures lead: to be sent again, to be looked up first, or to an end; and which failures lead the same way. */
import type { Entry } from "../../model/entry.js";
import type { Operation, RetryRule } from "../../model/retry.js";
import { noticesCopies, sendsAgain } from "../../recognise/uses.js";
import type { Outcome } from "../../runtime/vocabulary.js";
import type { Api } from "../../sections/catalog.js";
import type { Transport } from "../../sections/transport.js";

/** A failure, and what it means: an entry, for one operation or for all others, or that no response came. */
export interface Case {
  readonly of:
    | { readonly entry: Entry; readonly operation: Operation | null }
    | { readonly transport: Transport };
  readonly outcome: Outcome;
  readonly rule: RetryRule;
}

/** Where a failure leads, and which requests where not all. */
export interface Way {
  readonly who: string | null;
  readonly to: "again" | "look" | "stop";
}

/** Failures with the same outcome and the same way on. */
export interface Group {
  readonly outcome: Outcome;
  readonly rule: RetryRule;
  readonly cases: readonly Case[];
}

export function casesOf({ living, transport }: Api): readonly Case[] {
  return [
    ...living.flatMap((entry): readonly Case[] => {
      const { outcome, retry: rule, on } = entry;
      const own = rule === null ? [] : [{ of: { entry, operation: null }, outcome, rule }];
      return [
        ...own,
        ...on.map(({ operation, outcome, retry }) => ({
          of: { entry, operation },
          outcome,
          rule: retry,
        })),
      ];
    }),
    ...transport.map((transport): Case => ({
      of: { transport },
      outcome: transport.name === "unsent" ? "not-executed" : "unknown",
      rule: transport.retry,
    })),
  ];
}

/** The groups of an API: those that are sent again, then those that are looked up, then the others. */
export function groupsOf(api: Api, cases: readonly Case[]): readonly Group[] {
  const groups = grouped(cases, alike);
  const rank = ({ outcome, rule }: Group): number =>
    Math.min(...waysOf(api, rule, outcome).map(({ to }) => ["again", "look", "stop"].indexOf(to)));
  return groups
    .map((cases) => ({ outcome: cases[0]!.outcome, rule: cases[0]!.rule, cases }))
    .sort((a, b) => rank(a) - rank(b));
}

/** What cases have in common that lead the same way. */
export function alike({ outcome, rule }: Pick<Case, "outcome" | "rule">): string {
  return `${outcome} ${rule.name}`;
}

export function grouped<T>(list: readonly T[], by: (one: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(by(one));
    if (group === undefined) groups.set(by(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Where a rule leads after an outcome. */
export function waysOf(api: Api, rule: RetryRule, outcome: Outcome): readonly Way[] {
  const isSettled = outcome === "not-executed" || outcome === "executed";
  if (rule.data.verdict === "never" && isSettled) return [{ who: null, to: "stop" }];
  if (!sendsAgain(rule))
    return [
      { who: "write", to: "look" },
      { who: "read", to: "stop" },
    ];
  const { identity, requires } = rule.data;
  if (requires === undefined && outcome === "not-executed") return [{ who: null, to: "again" }];
  const safe =
    requires === "single-send"
      ? ["read", "write certainly sent once"]
      : outcome === "unknown" && identity === "same" && noticesCopies(api)
        ? ["read", "write with its key"]
        : ["read"];
  return [
    { who: safe.join(" or "), to: "again" },
    { who: safe.length > 1 ? "other write" : "write", to: "look" },
  ];
}
