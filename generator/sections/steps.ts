/** Steps of an API's own before the next attempt, each a special case of one that every API has. */
import type { OwnStep } from "../model/retry.js";
import { code, prose } from "../model/prose.js";
import { ref } from "../read/json-schema.js";
import { stepNames, traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";

const schema = traced(["base", "summary"], {
  base: { description: "The step that it is a case of.", enum: stepNames },
  summary: ref("text"),
});

export const steps = defineSection({
  key: "steps",
  noun: "step",
  nouns: "steps",
  about: "Steps of the API's own before the next attempt, each a case of one that every API has.",
  usedBy: "do: or fallback: in a retry rule",
  schema,
  resolve: (item, scope): OwnStep | null => {
    const { base, summary } = item.value;
    if ((stepNames as readonly string[]).includes(item.name)) {
      const why = "every API already has a step with that name";
      scope.log.report("name/reserved", item.place, { name: item.name, why });
      return null;
    }
    return { ...scope.traced(item, leavesOf(schema)), base, summary };
  },
  docs: { title: "Steps", facts: ({ base }) => [prose`A case of ${code(base)}`] },
});
