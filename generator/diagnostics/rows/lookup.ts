/** What the tool says about look-ups. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const lookup = {
  "lookup/unproven": error(
    "An order that is taken for not executed is placed once more. If the look-up could not have shown it, there are two.",
    (p: { why: string; path: string; help: string }) => ({
      says: `This look-up cannot prove that something was not executed: ${p.why}. ${p.path}.`,
      help: p.help,
    }),
  ),
  "lookup/write": error(
    "A look-up is made again and again until it is known what happened, so it must not change anything.",
    (p: { operation: string }) => ({
      says: `${quote(p.operation)} is no operation that only reads.`,
      help: "name another operation, with kind: read.",
    }),
  ),
  "lookup/status": error(
    "What a status means has to be known before it can be final.",
    (p: { status: string }) => ({
      says: `The status ${quote(p.status)} is not in found:.`,
      help: "say in found: what it means.",
    }),
  ),
};
