/** Why an example does not fit its own entry: the first thing that the entry asks for and the example does not have. */
import { enumerate } from "../diagnostics/phrases.js";
import { codeText } from "../model/spans.js";
import type { Location } from "../model/channel.js";
import type { Entry, Example } from "../model/entry.js";
import { matcherOf } from "../recognise/matchers.js";
import { conditionData } from "../recognise/places.js";
import type { Recognition } from "../recognise/recognise.js";
import { holds } from "../runtime/conditions.js";
import { dataOf } from "../runtime/decode.js";
import { fits, look, type Matcher } from "../runtime/matcher.js";
import { templates } from "../runtime/prefixes.js";
import { asked } from "../model/wording.js";

export function misfit(
  { channel, decoder }: Recognition,
  entry: Entry,
  { status, headers, body }: Example,
): string | null {
  const of = matcherOf(entry, channel);
  const seen = look(dataOf(decoder), status ?? null, body, headers);
  const lacks = (feature: keyof Matcher): boolean =>
    of[feature] !== undefined &&
    fits({ id: "", [feature]: of[feature] }, seen, templates, holds) === null;
  const { shape, where, messages, codes } = entry.match;
  const placed = (locations: readonly Location[]): string =>
    locations.map(({ at, header }) => header ?? (at === "" ? "the whole body" : at)).join(" or ");
  if (lacks("codes")) {
    const wanted = codes.map((one) =>
      one.first === one.last && one.prefix === undefined ? quote(one.first) : codeText(one),
    );
    return found("code", seen.code, placed(channel.code), wanted);
  }
  if (lacks("texts")) {
    const texts = messages.map(({ template }) => template);
    return found("message", seen.text, placed(channel.message), texts.map(quote));
  }
  if (lacks("shape")) return `the body does not have the shape ${shape!.name}`;
  const failed = where.find((one) => !holds([conditionData(one)], seen.body, seen.headers));
  if (failed !== undefined) {
    const { of: place, verb, values } = asked(failed);
    return `the entry requires that ${place} ${[verb, values.join(" or ")].join(" ").trim()}`;
  }
  return null;
}

const quote = (value: number | string): string => JSON.stringify(value);

function found(
  what: string,
  value: number | string | null,
  places: string,
  wanted: readonly string[],
): string {
  const has =
    value === null ? `there is no ${what} at ${places}` : `the ${what} is ${quote(value)}`;
  return `${has}, but the entry expects ${enumerate(wanted, "or")}`;
}
