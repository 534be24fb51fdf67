/** Places that disagree, and the reading chosen here. */
import { type Citation, citationName, type Named } from "../model/trace.js";
import { object, ref } from "../read/json-schema.js";
import { traceKeys } from "../read/language.js";
import { defineSection } from "../resolve/section.js";

export interface Conflict extends Named {
  readonly about: string;
  readonly reading: string;
  readonly questions: readonly string[];
  readonly between: readonly {
    readonly says: string;
    readonly cites: readonly Citation[];
  }[];
}

export const conflicts = defineSection({
  key: "conflicts",
  noun: "conflict",
  nouns: "conflicts",
  about: "Places that disagree, and the reading chosen here.",
  schema: object(["about", "between", "reading"], {
    about: ref("text"),
    between: {
      type: "array",
      minItems: 2,
      items: object(["says", "cite"], { says: ref("text"), cite: traceKeys.cite }),
    },
    reading: ref("text", "How this catalog reads it, and why."),
    questions: traceKeys.questions,
  }),
  resolve: (item, scope): Conflict => {
    const { name, place, value } = item;
    const { about, between, reading, questions = [] } = value;
    return {
      ...{ name, place, about, reading, questions },
      between: between.map(({ says, cite }, i) => ({
        says,
        cites: scope.cites(cite, (path) => item.at("between", i, "cite", ...path)),
      })),
    };
  },
  json: ({ place: _, between, ...conflict }) => ({
    ...conflict,
    between: between.map(({ says, cites }) => ({ says, cites: cites.map(citationName) })),
  }),
});
