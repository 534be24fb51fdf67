/** Categories of an API's own, each a special case of a portable one. */
import { categories as meanings } from "../model/taxonomy.js";
import type { OwnCategory } from "../model/entry.js";
import { code, prose } from "../model/prose.js";
import { ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";
import { Category } from "../runtime/vocabulary.js";

const schema = traced(["base", "summary"], {
  base: {
    description: "The portable category that it is a case of.",
    enum: Object.values(Category),
  },
  summary: ref("text"),
});

export const categories = defineSection({
  key: "categories",
  noun: "category",
  nouns: "categories",
  about: "Categories of the API's own, each a case of a portable one.",
  usedBy: "category: in an entry",
  schema,
  resolve: (item, scope): OwnCategory | null => {
    const { base, summary } = item.value;
    if (Object.hasOwn(meanings, item.name)) {
      const why = "every API already has a category with that name";
      scope.log.report("name/reserved", item.place, { name: item.name, why });
      return null;
    }
    return { ...scope.traced(item, leavesOf(schema)), base, summary };
  },
  docs: { title: "Categories", facts: ({ base }) => [prose`A case of ${code(base)}`] },
});
