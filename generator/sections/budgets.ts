/** Retry budgets: they keep an outage from causing a storm of retries. */
import { prose } from "../model/prose.js";
import type { Traced } from "../model/trace.js";
import { ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";

export interface Budget extends Traced {
  readonly tokens: number;
  readonly cost: number;
  readonly refund: number;
  readonly summary: string;
}

const schema = traced(["tokens", "cost", "refund", "summary"], {
  tokens: { description: "How many tokens a full budget holds.", type: "integer", minimum: 1 },
  cost: {
    description: "How many tokens a retry costs, where its rule does not say.",
    type: "integer",
    minimum: 1,
  },
  refund: { description: "How many tokens a success gives back.", type: "integer", minimum: 0 },
  summary: ref("text"),
});

export const budgets = defineSection({
  key: "budgets",
  noun: "budget",
  nouns: "budgets",
  about: "Retry budgets: they keep an outage from causing a storm of retries.",
  usedBy: "budget: in a retry rule",
  schema,
  resolve: (item, scope): Budget => {
    const { tokens, cost, refund, summary } = item.value;
    return { ...scope.traced(item, leavesOf(schema)), tokens, cost, refund, summary };
  },
  docs: {
    title: "Retry budgets",
    facts: ({ tokens, cost, refund }) => [
      prose`A full budget holds ${tokens} tokens. A retry costs ${cost} where its rule does not say; a success gives back ${refund}, or what its retry took.`,
    ],
  },
});
