/** What to do when no response comes. */
import { prose, strong } from "../model/prose.js";
import type { RetryRule } from "../model/retry.js";
import type { Traced } from "../model/trace.js";
import { ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";
import type { Transport as TransportKind } from "../runtime/vocabulary.js";
import { retry } from "./retry.js";

export interface Transport extends Traced {
  readonly name: TransportKind;
  readonly retry: RetryRule;
  readonly summary: string;
  readonly remedy: string | null;
}

const schema = traced(["retry", "summary"], {
  retry: ref("id", "A retry rule's name; never and reconcile always exist."),
  remedy: ref("text", "What to do, in words."),
  summary: ref("text"),
});

export const transport = defineSection({
  key: "transport",
  noun: "failure without a response",
  nouns: "failures without a response",
  about: "What to do when no response comes: by how it failed.",
  names: {
    description:
      "timeout: no answer in time. reset: the connection broke off. closed: any other end without an answer. unsent: nothing was sent, as the connection was refused or there is no such host; without it, that is closed.",
    enum: ["timeout", "reset", "closed", "unsent"],
  },
  schema,
  resolve: (item, scope): Transport | null => {
    const { summary, remedy = null } = item.value;
    const rule = scope.refer(retry, item.value.retry, item.at("retry"));
    const known = scope.traced(item, leavesOf(schema));
    if (rule === null) return null;
    return { ...known, name: item.name as TransportKind, retry: rule, summary, remedy };
  },
  docs: {
    title: "Failures without a response",
    facts: ({ retry: rule, remedy }) => [
      prose`${strong("Retry")}: ${{ rule }}. ${rule.summary}`,
      ...(remedy === null ? [] : [prose`${strong("What to do")}: ${remedy}`]),
    ],
  },
});
