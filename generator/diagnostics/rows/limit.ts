/** What the tool says about limits. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const limit = {
  "limit/weightless": error(
    "The weight would be charged to nothing, and the limit would be exceeded.",
    (p: { limit: string; of: string } | { operation: string }) => ({
      says:
        "limit" in p
          ? `The limit ${quote(p.limit)} counts ${p.of}, not weight.`
          : `${quote(p.operation)} has a weight, but no limit of this API counts weight.`,
      help: "add of: weight to the limit, or remove the weight from the operation.",
    }),
  ),
};
