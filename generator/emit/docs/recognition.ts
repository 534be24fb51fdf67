/** How an entry is recognised, in words: the shortest thing that tells it apart, and all of it. */
import type { Location } from "../../model/channel.js";
import type { Entry, Message } from "../../model/entry.js";
import { partWords, statusText } from "../../model/spans.js";
import { type Asked, asked, located } from "../../model/wording.js";
import { code, type Inline, join, line, own, text } from "../markdown.js";
import type { Api } from "../../sections/catalog.js";
import type { Links } from "./address.js";
import { codeRange } from "./trace.js";

/** What a person sees of it: a code, a text, a status or else a shape. */
export function seenAs({ family, match }: Entry): readonly Inline[] {
  const { statuses, codes, messages, shape, where } = match;
  if (codes.length > 0) return codes.map(codeRange);
  if (messages.length > 0) return messages.map((m) => messageOf(m, m.literal ?? m.template));
  const listed = statuses.map((status) => code(statusText(status)));
  if (family.isByStatus) return listed;
  if (where.length > 0) return [join(where.map(asked).map(condition))];
  if (shape !== null) return [line`shape ${code(shape.name)}`];
  return listed;
}

/** What it is headed by, before its title. */
export function headOf({ family, match }: Entry): readonly Inline[] {
  const codes = match.codes.map(codeRange);
  return family.isByStatus ? [...codes, ...match.statuses.map((s) => code(statusText(s)))] : codes;
}

export function recognitionFacts({ match }: Entry, api: Api, links: Links): readonly Inline[] {
  const { statuses, codes, messages, shape, where, channel, channels, overrides } = match;
  const facts: Inline[] = [];
  if (statuses.length > 0)
    facts.push(line`Status ${join(statuses.map((s) => code(statusText(s))))}`);
  if (codes.length > 0)
    facts.push(line`Code ${join(codes.map(codeRange))} at ${places(channel.code)}`);
  if (messages.length > 0)
    facts.push(
      line`Message ${join(
        messages.map((m) => messageOf(m, m.template)),
        " or ",
      )} at ${places(channel.message)}`,
    );
  if (match.operations.length > 0)
    facts.push(
      line`In answer to ${join(
        match.operations.map(({ name }) => code(name)),
        " or ",
      )}`,
    );
  if (shape !== null) facts.push(line`Shape ${code(shape.name)}`);
  for (const one of where) facts.push(condition(asked(one)));
  if (overrides.length > 0)
    facts.push(line`Takes precedence over ${join(overrides.map((entry) => links.entry(entry)))}`);
  const on = channels.map(({ name }) => code(name));
  if (api.channels.length > 1 || facts.length === 0) facts.push(line`Channel ${join(on, " or ")}`);
  return facts;
}

function messageOf(message: Message, shown: string): Inline {
  const [before, after] = partWords(message);
  return line`${own(before)}${code(shown)}${own(after)}`;
}

export function condition({ of, header, verb, values }: Asked): Inline {
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
