/** Retry rules that extend others, with what they take from them. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { Document } from "../read/walk.js";
import { type Item, refer } from "./item.js";
import { nodesOf, withNodes } from "./nodes.js";
import { checkCited, type Node, overlay } from "./overlay.js";

/** The documents of an API with whole rules; without those that cannot be whole, which are reported. */
export function extendRules(
  documents: readonly Document[],
  /** Whether a rule that is not in them is nowhere. */
  isWhole: boolean,
  log: DiagnosticLog,
): readonly Document[] {
  const nodes = documents.flatMap(nodesOf);
  const rules = new Map(
    nodes.flatMap(([at, item]) => (at.startsWith("/retry/") ? [[item.name, item]] : [])),
  );
  const isTraced = nodes.some(([at]) => at.startsWith("/sources/"));
  const known = new Map<string, Item<Node> | null>();
  const whole = (rule: Item<Node>, extending: readonly string[]): Item<Node> | null => {
    const before = known.get(rule.name);
    if (before !== undefined) return before;
    const made = extended(rule, [...extending, rule.name]);
    known.set(rule.name, made);
    return made;
  };
  const extended = (rule: Item<Node>, extending: readonly string[]): Item<Node> | null => {
    const { extends: name, verdict } = rule.value;
    if (typeof name !== "string") return rule;
    const place = rule.at("extends");
    const start = extending.indexOf(name);
    if (start >= 0) {
      log.report("base/circle", place, { path: [...extending.slice(start), name] });
      return null;
    }
    if (!rules.has(name) && !isWhole) return null;
    const other = refer(rules, name, "retry rule", place, log);
    const base = other && whole(other, extending);
    if (base === null) return null;
    const made = overlay(base, rule);
    if (made === rule) {
      const [own, other] = [verdict, base.value["verdict"]].map(String) as [string, string];
      log.report("base/verdict", place, { own, base: name, other });
      return null;
    }
    if (isTraced) checkCited(base, rule, log);
    return made;
  };
  const changed = new Map<string, Item<Node> | null>();
  for (const [at, item] of nodes)
    if (at.startsWith("/retry/") && item.value["extends"] !== undefined)
      changed.set(at, whole(item, []));
  return documents.map((document) => withNodes(document, changed));
}
