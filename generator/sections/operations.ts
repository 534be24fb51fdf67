/** The calls that an API offers, as far as its errors need them. */
import { code, prose } from "../model/prose.js";
import type { Operation } from "../model/retry.js";
import { object, ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf, type Section } from "../resolve/section.js";
import type { KeyPlace } from "../runtime/vocabulary.js";
import { idempotency } from "./idempotency.js";
import { keyPlace, linkLookUp, lookUp, lookUpFacts } from "./look-up.js";

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
    facts: ({ method, path, kind, idempotency, lookup, look, cancel, ...facts }) => [
      prose`A ${kind}${path === null ? "" : prose`: ${code(method === null ? path : `${method} ${path}`)}`}`,
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

/** Operations refer to each other. */
function self(): Section<"operations", never, Operation> {
  return operations;
}
