/** How facts are known: pieces that several pages are made of. */
import type { Codes } from "../../model/entry.js";
import { codeText } from "../../model/spans.js";
import type { Citation, Leaf, Trace } from "../../model/trace.js";
import { bold, code, type Inline, join, line, link, text } from "../markdown.js";

/** Whose fact it is that an entry only takes. */
function takenFrom(from: string): Inline {
  return from === "defaults" ? text("for all entries") : line`for ${code(from)}`;
}

function knownAs(leaf: Leaf): string {
  if (leaf.known === "documented") return "as";
  return { policy: "chosen here", inferred: "inferred", undocumented: "not documented" }[
    leaf.known
  ];
}

/** What the document says nothing of. */
export function silentOf({ leaves }: Trace): readonly Leaf[] {
  return leaves.filter((leaf) => leaf.known === "undocumented");
}

export function traceFacts(trace: Trace): Inline[] {
  const { cites, questions } = trace;
  const silent = silentOf(trace);
  const facts: Inline[] = [];
  if (cites.length > 0)
    facts.push(line`${bold(text("Documented in"))}: ${join(cites.map(citation))}`);
  if (silent.length > 0)
    facts.push(
      line`${bold(text("Not documented"))}: ${join(silent.map((leaf) => code(leaf.path)))}`,
    );
  for (const question of questions) facts.push(line`${bold(text("Open"))}: ${text(question)}`);
  return facts;
}

export function citation({ source, heading: part }: Citation): Inline {
  return part === null
    ? link(text(source.title), source.url)
    : link(line`${text(source.title)}, ${code(part)}`, `${source.url}#${part}`);
}

/** The leaves that the document does not give or that are another node's, with the reasons. */
export function reasons({ leaves }: Trace): Inline[] {
  return leaves.flatMap((leaf) => {
    const { path, reason, from } = leaf;
    if (reason === null && from === undefined) return [];
    const whose = from === undefined ? text("") : line` ${takenFrom(from)}`;
    const why = reason === null ? text("") : line`: ${text(reason)}`;
    return [line`${code(path)} is ${text(knownAs(leaf))}${whose}${why}`];
  });
}

export function codeRange(codes: Codes): Inline {
  const { first, last, prefix } = codes;
  return first === last || prefix === true
    ? code(codeText(codes))
    : line`${code(String(first))} to ${code(String(last))}`;
}
