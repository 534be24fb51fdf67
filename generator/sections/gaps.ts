/** What a source promises and never says. */
import { type Citation, citationName, type Named } from "../model/trace.js";
import { object, ref } from "../read/json-schema.js";
import { traceKeys } from "../read/language.js";
import { defineSection } from "../resolve/section.js";

export interface Gap extends Named {
  readonly promised: string;
  readonly found: string;
  readonly cites: readonly Citation[];
  readonly questions: readonly string[];
}

export const gaps = defineSection({
  key: "gaps",
  noun: "gap",
  nouns: "gaps",
  about: "What a source promises and never says.",
  schema: object(["promised", "found", "cite"], {
    promised: ref("text", "What the source says it covers."),
    found: ref("text", "What it says of it."),
    cite: traceKeys.cite,
    questions: traceKeys.questions,
  }),
  resolve: (item, scope): Gap => {
    const { name, place, value } = item;
    const { promised, found, cite, questions = [] } = value;
    const cites = scope.cites(cite, (path) => item.at("cite", ...path));
    return { name, place, promised, found, questions, cites };
  },
  json: ({ place: _, cites, ...gap }) => ({ ...gap, cites: cites.map(citationName) }),
});
