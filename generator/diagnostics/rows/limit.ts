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
  "limit/unread": error(
    "The header would be read by nobody, and the limit be exceeded that it tells of.",
    (p: { limit: string; problem: "at once" | "reset" }) =>
      p.problem === "reset"
        ? {
            says: `The limit ${quote(p.limit)} says when it is counted anew, but not how much is left.`,
            help: "add remaining: or used:, or remove reset:.",
          }
        : {
            says: `The limit ${quote(p.limit)} counts what is open at once, of which no header is read.`,
            help: "add per: with its time, or remove the header.",
          },
  ),
};
