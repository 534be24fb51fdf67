/** What the tool says about recognition. */
import { enumerate, quote } from "../phrases.js";
import { error } from "../row.js";

export const match = {
  "match/ambiguous": error(
    "Which of the two a response decodes to would be arbitrary, and they may give opposite advice.",
    (p: { other: string; name: string; what: string; witness: string }) => ({
      says: `This entry and ${quote(p.other)} both match the ${p.what} ${p.witness}, and neither is narrower.`,
      help: `tell them apart by status, code, message, shape or where; or add overrides: [${p.name}] here if this one should win.`,
    }),
  ),
  "match/unreachable": error(
    "Code that handles this entry would never run, and its failures would be handled as another's.",
    (p: { by: readonly string[]; what: string }) => ({
      says: `This entry can never be reached: every ${p.what} it matches goes to ${enumerate(p.by.map(quote), "or")} first.`,
      help: "remove it, narrow what comes first, or remove the overrides: that puts it first.",
    }),
  ),
  "match/no-success": error(
    "Every response would be reported as a failure, even of a request that went through.",
    (p: { channel: string }) => ({
      says: `No entry on the channel ${quote(p.channel)} is a success, so every response would be a failure.`,
      help: "add the response to a successful request, such as statuses: { 200: { success: true, outcome: accepted, … } }.",
    }),
  ),
  "match/part-only": error(
    "A text that contains the words may say the opposite: that it was not done.",
    () => ({
      says: "A part of a text does not show that a write was executed.",
      help: "say outcome: accepted, or add a code:, a shape: or a where: that shows it.",
    }),
  ),
  "match/status-only": error(
    "A proxy or a login page may answer with the same status. The order would be reported as executed although it never arrived.",
    (p: { status: string }) => ({
      says: `The status ${p.status} alone does not prove that a write was executed: any page with that status would count.`,
      help: "use outcome: accepted, or add a shape: or where: that only the body of a success has.",
    }),
  ),
  "match/overruled": error(
    "A failure would be reported as a success, or as more certain than it is, as soon as a proxy or a new version of the API changes its status.",
    (p: { witness: string; reads: string; entry: string }) => ({
      says: `The status would overrule the body: ${p.witness} would be read as ${p.reads} (${quote(p.entry)}).`,
      help: "say where to find the code or the message, under code: or message: of the channel, or what marks a failure, such as failure: { /error: present }.",
    }),
  ),
  "match/reused": error(
    "Code, logs and tickets know this value by its old id, and would take the new failure for the old one.",
    (p: { value: string; by: string; meaning: string | null }) => ({
      says: `The ${p.value} ${p.meaning === null ? `is taken by ${quote(p.by)}, which is listed as removed` : `was ${quote(p.by)} (${p.meaning}) in the committed catalog.json, and another entry has it now`}.`,
      help:
        p.meaning === null
          ? "bring the old entry back by leaving out removed:, and change what it says; a value on the wire keeps its id."
          : "keep the old id and change what the entry says; a value on the wire keeps its id, whatever it means today.",
    }),
  ),
  "match/override-elsewhere": error(
    "The override would have no effect, and whoever wrote it relies on it.",
    (p: { other: string; channel: string; own: string }) => ({
      says: `${quote(p.other)} arrives on the channel ${quote(p.channel)} and this entry on ${quote(p.own)}, so no response can match both.`,
      help: "remove the name, or put both entries on the same channel.",
    }),
  ),
  "match/override-cycle": error(
    "Each of these would have to be tried before the others, so the one that wins would be arbitrary.",
    (p: {
      circle: readonly { readonly id: string; readonly how: "overrides" | "is narrower than" }[];
    }) => {
      const [first, ...others] = p.circle;
      const links = others.map(({ id, how }) => `${quote(id)}, which ${how} `).join("");
      return {
        says: `These entries cannot be put in order: ${quote(first!.id)} ${first!.how} ${links}${others.length === 0 ? "itself" : quote(first!.id)}.`,
        help: "remove one overrides: of the cycle.",
      };
    },
  ),
};
