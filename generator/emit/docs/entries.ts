/** The entries of an API on its pages: a table of several, and a section of each. */
import type { Location } from "../../model/channel.js";
import type { Entry, Example, Message } from "../../model/entry.js";
import {
  anchor,
  bold,
  code,
  fence,
  heading,
  type Inline,
  join,
  line,
  list,
  own,
  tableOf,
  text,
} from "../markdown.js";
import { type Members, relationFacts } from "./relations.js";
import { actors, categories, outcomes } from "../../model/taxonomy.js";
import { partWords, statusText } from "../../model/spans.js";
import { type Asked, asked, located } from "../../model/wording.js";
import { anchorOf, type Links } from "./links.js";
import { codeRange, marker, traceFacts } from "./trace.js";

export function overview(entries: readonly Entry[], links: Links): string {
  return tableOf(
    ["Recognised by", "Entry", "Category", "Was a write executed?", "Retry"].map(text),
    entries.map((entry) => [
      recognised(entry),
      links.entry(entry),
      text(entry.success ? "success" : (entry.category ?? "")),
      text(entry.outcome),
      entry.retry === null ? text("") : links.rule(entry.retry),
    ]),
  );
}

/** The shortest thing that tells the entry apart. */
function recognised({ family, match }: Entry): Inline {
  const { statuses, codes, messages, shape, where } = match;
  if (codes.length > 0) return join(codes.map(codeRange));
  if (messages.length > 0)
    return join(
      messages.map((m) => messageOf(m, m.literal ?? m.template)),
      " or ",
    );
  const listed = join(statuses.map((status) => code(statusText(status))));
  if (family.isByStatus) return listed;
  if (shape !== null) return line`shape ${code(shape.name)}`;
  if (where.length > 0) return join(where.map(asked).map(condition));
  return listed;
}

export function entryBlocks(
  entry: Entry,
  guardName: string | null,
  links: Links,
  members: Members,
): (string | null)[] {
  const { trace, match } = entry;
  const mark = marker(trace);
  const guard = guardName === null ? text("") : line`; guard ${code(guardName)}`;
  const facts: Inline[] = [line`${bold(text("Id"))}: ${code(entry.id)}${guard}`];
  if (entry.removed !== null)
    facts.push(
      line`${bold(text("Removed"))} in ${text(entry.removed.since)}: ${text(entry.removed.reason)}`,
    );
  if (entry.deprecated !== null) {
    const { since, reason, use } = entry.deprecated;
    const instead = use === null ? text("") : line` Use ${links.entry(use)} instead.`;
    facts.push(line`${bold(text("Deprecated"))} since ${text(since)}: ${text(reason)}${instead}`);
  }
  facts.push(line`${bold(text("Recognised by"))}: ${recognition(entry, mark, links)}`);
  if (entry.category !== null && entry.actor !== null) {
    facts.push(
      line`${bold(text("Category"))}: ${code(entry.category)}. ${text(categories[entry.category].means)}${mark("category")}`,
    );
    facts.push(line`${bold(text("Who acts"))}: ${text(actors[entry.actor])}${mark("actor")}`);
  }
  facts.push(...relationFacts(entry, members, links));
  facts.push(
    line`${bold(text("Was a write executed?"))} ${text(outcomes[entry.outcome])}${mark("outcome")}`,
  );
  if (entry.retry !== null)
    facts.push(
      line`${bold(text("Retry"))}: ${links.rule(entry.retry)}. ${text(entry.retry.summary)}${mark("retry")}`,
    );
  for (const { operation, category, outcome, retry } of entry.on)
    facts.push(
      line`${bold(line`In answer to ${code(operation.name)}`)}: ${code(category)}. ${text(outcomes[outcome])} Retry: ${links.rule(retry)}.${mark("on")}`,
    );
  if (entry.ifPriorUnknown !== null)
    facts.push(
      line`${bold(text("After an earlier attempt with an unknown outcome"))}: ${text(outcomes[entry.ifPriorUnknown.outcome])} Retry: ${links.rule(entry.ifPriorUnknown.retry)}.${mark("if-prior-unknown")}`,
    );
  if (entry.remedy !== null)
    facts.push(line`${bold(text("What to do"))}: ${text(entry.remedy)}${mark("remedy")}`);
  for (const field of entry.fields) {
    const unit =
      field.unit === null
        ? text("")
        : line` in ${code(field.unit)}${mark(`fields.${field.name}.unit`)}`;
    const said = field.summary === null ? text("") : line`. ${text(field.summary)}`;
    facts.push(
      line`${bold(text("Field"))} ${code(field.name)}: ${text(field.type)} ${field.header === null ? line`at ${code(field.at!)}` : line`in the header ${code(field.header)}`}${unit}${mark(`fields.${field.name}`)}${said}`,
    );
  }
  facts.push(...traceFacts(trace));
  const heads = [
    ...match.codes.map(codeRange),
    ...(entry.family.isByStatus ? match.statuses.map((s) => code(statusText(s))) : []),
  ];
  return [
    anchor(anchorOf(entry)),
    heading(3, heads.length === 0 ? text(entry.title) : line`${join(heads)} ${text(entry.title)}`),
    text(entry.summary),
    list(facts),
    ...entry.examples.flatMap((example) => exampleBlocks(entry, example, mark("examples"))),
  ];
}

function recognition({ match }: Entry, mark: (leaf: string) => Inline, links: Links): Inline {
  const { statuses, codes, messages, shape, where, channel, channels, overrides } = match;
  const pieces: Inline[] = [];
  if (statuses.length > 0)
    pieces.push(line`status ${join(statuses.map((s) => code(statusText(s))))}${mark("status")}`);
  if (codes.length > 0)
    pieces.push(line`code ${join(codes.map(codeRange))} at ${places(channel.code)}${mark("code")}`);
  if (messages.length > 0)
    pieces.push(
      line`message ${join(
        messages.map((m) => messageOf(m, m.template)),
        " or ",
      )} at ${places(channel.message)}${mark("message")}`,
    );
  if (match.operations.length > 0) {
    const asked = match.operations.map(({ name }) => code(name));
    pieces.push(line`in answer to ${join(asked, " or ")}${mark("operations")}`);
  }
  if (shape !== null) pieces.push(line`shape ${code(shape.name)}${mark("shape")}`);
  for (const one of where)
    pieces.push(line`${condition(asked(one))}${mark(one.header === null ? "where" : "headers")}`);
  if (overrides.length > 0)
    pieces.push(line`takes precedence over ${join(overrides.map(links.entry))}`);
  const on = channels.map(({ name }) => code(name));
  return line`${join(pieces, "; ")} (channel ${join(on, " or ")})`;
}

function messageOf(message: Message, shown: string): Inline {
  const [before, after] = partWords(message);
  return line`${own(before)}${code(shown)}${own(after)}`;
}

function condition({ of, header, verb, values }: Asked): Inline {
  const subject = header ? line`the header ${code(of)}` : code(of);
  if (values.length === 0) return line`${subject} ${text(verb)}`;
  return line`${subject} ${text(verb)} ${join(values.map(code), " or ")}`;
}

function places(locations: readonly Location[]): Inline {
  return join(
    locations.map(located).map(({ of, kind, part, when }) => {
      const place = {
        body: text("the whole body"),
        header: line`the header ${code(of)}`,
        pointer: code(of),
      }[kind];
      const said = part === "" ? place : line`${place} ${text(part)}`;
      return when.length === 0 ? said : line`${said} where ${join(when.map(condition), " and ")}`;
    }),
    " or ",
  );
}

function exampleBlocks(entry: Entry, example: Example, made: Inline): string[] {
  const { title, status, headers, body } = example;
  const name = entry.isMade ? "Example, made by errata" : "Example";
  const shown: Inline[] = [text(title ?? name)];
  if (status !== undefined) shown.push(line`status ${code(String(status))}`);
  for (const [name, value] of Object.entries(headers ?? {})) shown.push(code(`${name}: ${value}`));
  if (body !== undefined)
    return [line`${join(shown)}${made}:`, fence("json", JSON.stringify(body, null, 2))];
  const silent = entry.trace.leaves.some(
    ({ path, known }) => path === "body" && known === "undocumented",
  );
  shown.push(text(silent ? "with a body that is not documented" : "without a body"));
  return [line`${join(shown)}${made}.`];
}
