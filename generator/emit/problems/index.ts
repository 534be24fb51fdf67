/** A registry of problem types (RFC 9457) for each API that answers over HTTP. */
import { printJson } from "../json.js";
import { problemTypesOf } from "../problem-types.js";
import { defineTarget, perApi } from "../target.js";

export const problems = defineTarget({
  name: "problems",
  isOptional: true,
  packed: ["problems"],
  names: () => null,
  emit: (emission) =>
    perApi(emission, (api) => {
      const types = problemTypesOf(api, emission.catalog);
      if (types.size === 0) return [];
      const list = [...types].map(([id, type]) => ({ id, ...type }));
      return [{ path: `problems/${api.id}.json`, text: `${printJson({ problems: list })}\n` }];
    }),
});
