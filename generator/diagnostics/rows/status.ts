/** What the tool says about statuses. */
import { error } from "../row.js";

export const status = {
  "status/unregistered": error(
    "A status needs a name in the generated code, and an invented one would look official.",
    (p: { status: string }) => ({
      says: `The status ${p.status} is not registered, so it has no standard name.`,
      help: "choose one with name:.",
    }),
  ),
};
