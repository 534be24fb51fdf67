/** Code vocabularies besides the main one: a second code in the body, such as why a card was declined. */
import type { Vocabulary } from "../model/entry.js";
import { code, prose } from "../model/prose.js";
import { ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";
import { checkOnePlace, checkSingle } from "./places.js";

const schema = traced(["type", "summary"], {
  at: ref("pointer", "Where it stands in the body."),
  header: ref("header"),
  type: { description: "Whether its values are integers or strings.", enum: ["integer", "string"] },
  summary: ref("text"),
});

export const codes = defineSection({
  key: "codes",
  noun: "code vocabulary",
  nouns: "code vocabularies",
  about: "Code vocabularies besides the main one, each with its place.",
  usedBy: "codes: in an entry",
  schema,
  resolve: (item, scope): Vocabulary => {
    const { value } = item;
    checkOnePlace(value, item.place, scope.log);
    checkSingle([value.at ?? ""], "expected a single value", () => item.at("at"), scope.log);
    return {
      ...scope.traced(item, leavesOf(schema)),
      at: value.header === undefined ? (value.at ?? "") : null,
      header: value.header?.toLowerCase() ?? null,
      type: value.type,
      summary: value.summary,
    };
  },
  docs: {
    title: "Further codes",
    facts: ({ at, header, type }) => [
      prose`${type === "integer" ? "Integers" : "Texts"} ${header === null ? prose`at ${code(at!)}` : prose`in the header ${code(header)}`}`,
    ],
  },
});
