/** One node laid over another, before a schema says whether the whole is a node. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { isRecord } from "../read/record.js";
import type { Item } from "./item.js";
import { bareFact } from "./trace.js";

export type Node = Readonly<Record<string, unknown>>;

/** What `own` says, and what `base` says of the keys that it leaves out; each with the place where it is written. */
export function overlay(base: Item<Node>, own: Item<Node>): Item<Node> {
  if (isOtherRule(base.value, own.value)) return own;
  const said = knownLeaves(own.value);
  const above = listOf(own.value["undocumented"]);
  const silent = new Set(above);
  const states = (key: string): boolean => Object.hasOwn(own.value, key);
  // A reason is given for one value: beside another it would be wrong.
  const isKept = (leaf: unknown): boolean => {
    const key = String(leaf).split(".")[0]!;
    const isOther = states(key) && own.value[key] !== base.value[key];
    return !isOther && !silent.has(key) && !said.has(leaf);
  };

  const value = Object.assign(Object.create(null), base.value, own.value) as Record<
    string,
    unknown
  >;
  for (const key of Object.keys(base.value)) if (!states(key) && silent.has(key)) delete value[key];
  for (const how of reasons) {
    const [below, above = {}] = [base.value[how], own.value[how]];
    if (!isRecord(below) || !isRecord(above)) continue;
    const kept = Object.entries(below).filter(([leaf]) => isKept(leaf));
    setOrDelete(value, how, { ...Object.fromEntries(kept), ...above });
  }
  const below = listOf(base.value["undocumented"]);
  const kept = below.flatMap((leaf, i) => (isKept(leaf) ? [i] : []));
  if (below.length > 0 && Array.isArray(own.value["undocumented"] ?? []))
    setOrDelete(value, "undocumented", [...above, ...kept.map((i) => below[i])]);

  // What is taken is documented where the base says; what is added, where the node itself says.
  const [cited, taken] = [own, base].map((of) => [of.value["cite"] ?? []].flat()) as [
    unknown[],
    unknown[],
  ];
  const citedBelow = taken.flatMap((cite, i) => (cited.includes(cite) ? [] : [i]));
  if (cited.length > 0 && citedBelow.length > 0)
    value["cite"] = [...cited, ...citedBelow.map((i) => taken[i])];

  const placeOf =
    (kind: "at" | "key") =>
    (...path: readonly (string | number)[]): Place => {
      const [key, inner, ...rest] = path;
      if (key === undefined || !Object.hasOwn(base.value, key)) return own[kind](...path);
      if (key === "undocumented" && typeof inner === "number") {
        const i = kept[inner - above.length];
        if (i !== undefined) return base[kind](key, i, ...rest);
      }
      if (key === "cite" && typeof inner === "number" && cited.length > 0) {
        const below = citedBelow[inner - cited.length];
        const [of, i] = below === undefined ? [own, inner] : [base, below];
        return Array.isArray(of.value["cite"]) ? of[kind](key, i) : of[kind](key);
      }
      const ownReasons = reasons.some((how) => how === key) ? own.value[key] : undefined;
      const isOwn =
        isRecord(ownReasons) && inner !== undefined
          ? Object.hasOwn(ownReasons, inner)
          : states(String(key));
      return (isOwn ? own : base)[kind](...path);
    };
  return { ...own, value, at: placeOf("at"), key: placeOf("key") };
}

const reasons = ["inferred", "policy"] as const;

/** The leaves of which a node itself says how they are known. */
function knownLeaves(value: Node): ReadonlySet<unknown> {
  const given = reasons.flatMap((how) => (isRecord(value[how]) ? Object.keys(value[how]) : []));
  return new Set<unknown>([...given, ...listOf(value["undocumented"])]);
}

/** The citation of a base does not prove what is written over it. */
export function checkCited(base: Item<Node>, own: Item<Node>, log: DiagnosticLog): void {
  if (base.value["cite"] === undefined || own.value["cite"] !== undefined) return;
  const known = knownLeaves(own.value);
  const leaf = bareFact(own.value, (key) => known.has(key));
  if (leaf !== undefined) log.report("trace/uncited", own.key(leaf), { leaf });
}

/** What a rule says of its verdict makes no sense for another; but `after` may say all that `retry` says. */
function isOtherRule({ verdict: base }: Node, { verdict: own }: Node): boolean {
  return own !== undefined && own !== base && !(base === "retry" && own === "after");
}

function setOrDelete(value: Record<string, unknown>, key: string, child: object): void {
  if (Object.keys(child).length > 0) value[key] = child;
  else delete value[key];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
