/** The calls that an API offers, as far as its errors need them. */
import { code, prose } from "../model/prose.js";
import type { Operation } from "../model/retry.js";
import { object, ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import type { Item } from "../resolve/item.js";
import { defineSection, leavesOf, type Scope, type Section } from "../resolve/section.js";
import type { KeyPlace } from "../runtime/vocabulary.js";
import { idempotency } from "./idempotency.js";
import { limits } from "./limits.js";
import { keyPlace, linkLookUp, lookUp, lookUpFacts } from "./look-up.js";

const weight = { type: "integer", minimum: 0 } as const;

const schema = traced(["kind", "summary"], {
  request: {
    description:
      "Method and path; the path alone where the method is not documented. Such as POST /orders.",
    type: "string",
    pattern: "^([A-Z]+ )?/\\S*$",
    examples: ["POST /orders"],
  },
  kind: {
    description: "read: repeating it changes nothing. write: anything else.",
    enum: ["read", "write"],
  },
  items: ref("pointer", "Where a batch keeps its items in the request."),
  weight: {
    description:
      "How much a call counts in the limits of weight: in all of them, or by the name of each. Default: 1.",
    anyOf: [
      weight,
      {
        title: "weights",
        type: "object",
        minProperties: 1,
        propertyNames: ref("id"),
        additionalProperties: weight,
      },
    ],
  },
  idempotency: ref("id", "Its idempotency key, by name."),
  lookup: lookUp,
  cancel: object(
    ["operation"],
    { operation: ref("id", "The operation that cancels."), by: keyPlace },
    { description: "How to take it back by its key, which makes an unknown outcome certain." },
  ),
  repeat: {
    description: "harmless: a second execution changes nothing more.",
    enum: ["harmless"],
  },
  signature: {
    description: "replay-checked: requests are signed, and a signature is refused the second time.",
    enum: ["replay-checked"],
  },
  summary: ref("text"),
});

export const operations = defineSection({
  key: "operations",
  noun: "operation",
  nouns: "operations",
  about: "The calls an API offers, as far as its errors need them.",
  schema,
  resolve: (item, scope): Operation => {
    const { value } = item;
    const [, method, path] = /^(?:([A-Z]+) )?(.*)$/s.exec(value.request ?? "")!;
    return {
      ...scope.traced(item, [...leavesOf(schema), "method"]),
      method: method ?? null,
      path: path === undefined || path === "" ? null : path,
      kind: value.kind,
      items: value.items ?? null,
      weight: weightOf(item, scope),
      idempotency:
        value.idempotency === undefined
          ? null
          : scope.refer(idempotency, value.idempotency, item.at("idempotency")),
      lookup: null,
      look: null,
      cancel: null,
      isHarmless: value.repeat === "harmless",
      replayChecked: value.signature === "replay-checked",
      summary: value.summary,
    };
  },
  link: (operation, item, scope) => {
    const { lookup, cancel } = item.value;
    const refer = (name: string, ...path: readonly string[]): Operation | null =>
      scope.refer(self(), name, item.at(...path));
    if (lookup !== undefined) {
      const found =
        typeof lookup === "string"
          ? refer(lookup, "lookup")
          : refer(lookup.operation, "lookup", "operation");
      operation.lookup = found;
      if (found !== null) operation.look = linkLookUp(lookup, found, item, scope);
    }
    if (cancel !== undefined) {
      const found = refer(cancel.operation, "cancel", "operation");
      if (found !== null)
        operation.cancel =
          cancel.by === undefined
            ? { operation: found.name }
            : { operation: found.name, by: cancel.by as KeyPlace };
    }
  },
  docs: {
    title: "Operations",
    isLast: true,
    facts: ({ method, path, kind, weight, idempotency, lookup, look, cancel, ...facts }) => [
      prose`A ${kind}${path === null ? "" : prose`: ${code(method === null ? path : `${method} ${path}`)}`}`,
      ...Object.entries(weight).map(
        ([limit, count]) => prose`Counts ${count} in the limit ${code(limit)}`,
      ),
      ...(idempotency === null ? [] : [prose`Idempotency key: ${code(idempotency.name)}`]),
      ...(facts.replayChecked
        ? [prose`Signed. A reused signature is refused, so every retry is re-signed.`]
        : []),
      ...(facts.isHarmless ? [prose`A second execution changes nothing more.`] : []),
      ...(lookup === null ? [] : [prose`To look up what happened to it: ${code(lookup.name)}`]),
      ...(look === null ? [] : lookUpFacts(look)),
      ...(cancel === null ? [] : [prose`To take it back by its key: ${code(cancel.operation)}`]),
    ],
  },
});

/** What a call counts in each limit; one that counts no weight is reported. */
function weightOf(
  { name, value, at, key }: Item<{ readonly weight?: number | Readonly<Record<string, number>> }>,
  scope: Scope,
): Operation["weight"] {
  const { weight = {} } = value;
  if (typeof weight === "object") {
    for (const limit of Object.keys(weight)) {
      const found = scope.refer(limits, limit, key("weight", limit));
      if (found !== null && found.of !== "weight")
        scope.log.report("limit/weightless", key("weight", limit), { limit, of: found.of }, [
          { place: found.place, note: "the limit" },
        ]);
    }
    return weight;
  }
  const all = [...scope.nodes(limits).values()];
  const known = all.filter((limit) => limit !== null && limit.of === "weight");
  if (known.length === 0 && !all.includes(null))
    scope.log.report("limit/weightless", at("weight"), { operation: name });
  return Object.fromEntries(known.map((limit) => [limit!.name, weight]));
}

/** Operations refer to each other. */
function self(): Section<"operations", never, Operation> {
  return operations;
}
