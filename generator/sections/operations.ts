/** The calls that an API offers, as far as its errors need them. */
import { code, prose } from "../model/prose.js";
import type { Operation } from "../model/retry.js";
import { ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf, type Section } from "../resolve/section.js";
import { idempotency } from "./idempotency.js";

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
  lookup: ref("id", "The operation that looks up what happened to it."),
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
      replayChecked: value.signature === "replay-checked",
      summary: value.summary,
    };
  },
  link: (operation, item, scope) => {
    const { lookup } = item.value;
    if (lookup !== undefined) operation.lookup = scope.refer(self(), lookup, item.at("lookup"));
  },
  docs: {
    title: "Operations",
    isLast: true,
    facts: ({ method, path, kind, idempotency, lookup, replayChecked }) => [
      prose`A ${kind}${path === null ? "" : prose`: ${code(method === null ? path : `${method} ${path}`)}`}`,
      ...(idempotency === null ? [] : [prose`Idempotency key: ${code(idempotency.name)}`]),
      ...(replayChecked
        ? [prose`Signed. A reused signature is refused, so every retry is re-signed.`]
        : []),
      ...(lookup === null ? [] : [prose`To look up what happened to it: ${code(lookup.name)}`]),
    ],
  },
});

/** Operations refer to each other. */
function self(): Section<"operations", never, Operation> {
  return operations;
}
