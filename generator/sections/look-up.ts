/** How a write is looked up: the call, and what its answers prove. */
import type { Place } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
import { milliseconds, millisecondsOrNull, spell } from "../model/durations.js";
import { code, joined, type Prose, prose } from "../model/prose.js";
import type { Operation } from "../model/retry.js";
import { object, oneOrMore, ref } from "../read/json-schema.js";
import type { Infer } from "../read/language.js";
import type { Item } from "../resolve/item.js";
import type { Scope, TracedSyntax } from "../resolve/section.js";
import type { LookUp } from "../runtime/vocabulary.js";

/** Where a key goes in a request. */
export const keyPlace = object(
  [],
  {
    query: { description: "A parameter of the query.", type: "string", minLength: 1 },
    path: { description: "A part of the path, such as orderId.", type: "string", minLength: 1 },
    at: ref("pointer", "A place in the body."),
    header: ref("header"),
  },
  { description: "Where the key goes in the request.", minProperties: 1, maxProperties: 1 },
);

const proof = object(
  ["operation", "found"],
  {
    operation: ref("id", "The operation that looks."),
    by: keyPlace,
    join: {
      description:
        "What stands between several keys in one look-up; without it, each item has a look-up of its own.",
      type: "string",
      minLength: 1,
    },
    cut: {
      description: "How many characters of the key the vendor keeps.",
      type: "integer",
      minimum: 1,
    },
    items: ref("pointer", "Where the response has what was found: a list, or one item."),
    key: ref("pointer", "Where an item has its key."),
    status: ref("pointer", "Where an item has its status."),
    more: ref(
      "pointer",
      "Where the response says that it does not show all: present and not false.",
    ),
    found: {
      description:
        "What became of the write, by the status of what was found; or one outcome, whatever the status.",
      anyOf: [
        ref("outcome"),
        { type: "object", minProperties: 1, additionalProperties: ref("outcome") },
      ],
    },
    final: oneOrMore(
      { type: "string" },
      { description: "The statuses that no copy still under way can change." },
    ),
    covers: {
      description:
        "all, or only what is open, or only what is younger than a duration; if not said, nobody knows.",
      anyOf: [{ enum: ["all", "open"] }, ref("duration")],
    },
    settle: ref(
      "duration",
      "How long after the last copy was answered, or given up, something may still turn up.",
    ),
    lag: ref(
      "duration",
      "The same once every copy was answered: how long until the look-up shows what was done.",
    ),
    absent: {
      description: "What it means that nothing was found once that time has passed.",
      enum: ["not-executed", "unknown"],
    },
    none: oneOrMore(
      { type: "string" },
      { description: "The entries that say that there is none." },
    ),
  },
  { title: "a look-up" },
);

/** The operation that looks, by name; or all that is known of the look-up. */
export const lookUp = {
  description: "The operation that tells what happened to it, and what its answers prove.",
  anyOf: [ref("id"), proof],
} as const;

type LookUpSyntax = Infer<typeof proof>;

/** What the answers of a look-up prove, once every operation and every entry exists; `null` where only its name is known. */
export function linkLookUp(
  value: string | LookUpSyntax,
  found: Operation,
  item: Item<TracedSyntax>,
  scope: Scope,
): LookUp | null {
  const at = (...path: readonly (string | number)[]): Place =>
    typeof value === "string" ? item.at("lookup") : item.at("lookup", ...path);
  if (found.kind !== "read" || found.name === item.name)
    scope.log.report("lookup/write", at("operation"), { operation: found.name });
  if (typeof value === "string") return null;
  const statuses = value.found;
  const final = ([] as string[]).concat(value.final ?? []);
  const strange =
    typeof statuses === "string" ? undefined : final.find((one) => !(one in statuses));
  if (strange !== undefined) scope.log.report("lookup/status", at("final"), { status: strange });
  const none = ([] as string[])
    .concat(value.none ?? [])
    .flatMap(
      (name, i) =>
        scope.entry(name, Array.isArray(value.none) ? at("none", i) : at("none"))?.id ?? [],
    );
  return present({
    operation: found.name,
    by: value.by as LookUp["by"],
    join: value.join,
    cut: value.cut,
    items: value.items ?? "",
    key: value.key,
    status: value.status,
    more: value.more,
    found:
      typeof statuses === "string"
        ? statuses
        : Object.fromEntries(Object.entries(statuses).sort(([a], [b]) => compare(a, b))),
    final: final.length === 0 ? undefined : final,
    covers: coverOf(value.covers),
    settleMs: millisecondsOrNull(value.settle) ?? undefined,
    lagMs: millisecondsOrNull(value.lag) ?? undefined,
    absent: value.absent ?? "unknown",
    none: none.length === 0 ? undefined : none,
  });
}

/** Without what is not said. */
function present(facts: { [K in keyof LookUp]: LookUp[K] | undefined }): LookUp {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as unknown as LookUp;
}

function coverOf(covers: string | undefined): LookUp["covers"] | undefined {
  if (covers === undefined || covers === "all" || covers === "open") return covers;
  return milliseconds(covers);
}

/** What the docs say of a look-up. */
export function lookUpFacts({ by, found, covers, settleMs = 0, absent }: LookUp): readonly Prose[] {
  const [kind, name] = Object.entries(by ?? {})[0] ?? [];
  const means = Object.entries(typeof found === "string" ? {} : found).map(
    ([status, outcome]) => prose`${code(status)} means ${outcome}`,
  );
  return [
    ...(kind === undefined
      ? []
      : [prose`The look-up takes the key in its ${kind}: ${code(name!)}.`]),
    typeof found === "string"
      ? prose`Whatever it finds means ${found}.`
      : prose`What it finds: ${joined(means)}.`,
    absent === "not-executed"
      ? prose`What it still does not show ${spell(settleMs)} after the last copy was not executed.`
      : covers === "open"
        ? prose`It shows only what is open, so that something is missing proves nothing.`
        : prose`That something is missing proves nothing.`,
  ];
}
