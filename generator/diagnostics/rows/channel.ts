/** What the tool says about channels. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const channel = {
  "channel/undecided": error(
    "The decoder would not know which responses to compare the entry with, so it would never be recognised.",
    (p: { family: string; kind: string; count: number }) => ({
      says: `${p.count === 0 ? "No channel" : "More than one channel"} of this API can carry ${p.family}.`,
      help:
        p.count === 0
          ? `declare one under channels: ${p.kind === "socket" ? "{ transport: socket }" : p.kind === "items" ? "{ within: …, items: … }" : "{ transport: http }"}.`
          : "choose one with channel: in the entry.",
    }),
  ),
  "channel/kind": error(
    "Without knowing how a response arrives, errata cannot generate a decoder for it.",
    (p: { channel: string; problem: string }) => ({
      says: `The channel ${quote(p.channel)} ${p.problem}.`,
      help: "a channel is { transport: http }, { transport: socket }, or { within: <channel>, items: <pointer> }.",
    }),
  ),
  "channel/unplaced": error(
    "The decoder would not know where in the response to look, so the entry would never be recognised.",
    (p: { channel: string; what: "code" | "message" }) => ({
      says: `This entry is recognised by its ${p.what}, but the channel ${quote(p.channel)} does not say where to find a ${p.what}.`,
      help: `add ${p.what}: to the channel, with a JSON pointer such as /${p.what}.`,
    }),
  ),
};
