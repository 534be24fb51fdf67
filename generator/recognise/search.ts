/** The entries that somebody may mean by an id, a code, a status, a text or a few words. */
import { statusText } from "../model/spans.js";
import type { Entry, Message } from "../model/entry.js";
import { fits, hasStatus, look, type Matcher } from "../runtime/matcher.js";
import { templates } from "../runtime/prefixes.js";
import type { Part } from "../runtime/template.js";
import { holds, readPlace } from "../runtime/conditions.js";
import type { RecognisedApi, Recognition } from "./recognise.js";

type Finder = (api: RecognisedApi, wanted: string) => readonly Entry[];

const entriesWith =
  (has: (entry: Entry, wanted: string) => boolean): Finder =>
  ({ entries }, wanted) =>
    entries.filter((entry) => has(entry, wanted));

/** How an entry is found, the surest way first. */
const ways: Readonly<Record<string, Finder>> = {
  id: entriesWith(({ id, name }, wanted) => id === wanted || name === wanted),
  code: entriesWith(({ match }, wanted) => {
    const number = /^-?\d+$/.test(wanted) ? Number(wanted) : NaN;
    return match.codes.some(
      ({ first, last, prefix }) =>
        (prefix === true ? wanted.startsWith(String(first)) : first === wanted) ||
        ((first as number) <= number && number <= (last as number)),
    );
  }),
  status: entriesWith(({ match: { statuses } }, wanted) => {
    const [, hundreds] = /^([1-5])xx$/i.exec(wanted) ?? [];
    if (hundreds !== undefined) return statuses.some((one) => statusText(one)[0] === hundreds);
    return statuses.some((one) => hasStatus([one], Number(wanted)));
  }),
  body: (api, wanted) => api.recognition.flatMap((one) => bodyOf(one, wanted) ?? []),
  text: (api, wanted) =>
    api.recognition.flatMap(({ entries, data: { matchers } }) =>
      entries.filter((_, i) => isText(matchers[i]!, wanted)),
    ),
  example: (api, wanted) =>
    api.recognition.flatMap((one) =>
      one.entries.filter((entry) => textsOf(entry, one).includes(wanted)),
    ),
  part: (api, wanted) =>
    api.recognition.flatMap((one) =>
      one.entries.filter(
        (entry) =>
          isLong(wanted) &&
          (textsOf(entry, one).some((text) => text.includes(wanted)) ||
            entry.match.messages.some((message) => isPart(message, wanted))),
      ),
    ),
};

/** The entries that are found in the surest of the ways that find any; of words, those with the best ones first. */
export function search(apis: readonly RecognisedApi[], wanted: string): readonly Entry[] {
  for (const find of Object.values(ways)) {
    const found = new Set(apis.flatMap((api) => find(api, wanted)));
    if (found.size > 0) return [...found];
  }
  const entries = apis.flatMap((api) => api.entries);
  return byWords(entries, wanted);
}

/** What a body is decoded as, where it is known; what is no JSON is no body but a text. */
function bodyOf({ entries, data }: Recognition, wanted: string): Entry | undefined {
  if (!/^\s*[[{]/.test(wanted)) return undefined;
  const seen = look({ ...data, read: readPlace, holds }, null, wanted);
  if (seen.flaw !== null) return undefined;
  return entries.find((_, i) => fits(data.matchers[i]!, seen, templates, holds) !== null);
}

function isText({ id, texts }: Matcher, text: string): boolean {
  if (texts === undefined) return false;
  const nothing = { status: null, code: null, body: null, headers: null, operation: null };
  return fits({ id, texts }, { ...nothing, text, flaw: null }, templates, undefined) !== null;
}

/** The texts that the examples of an entry have in the place for one. */
function textsOf(entry: Entry, { channel, data }: Recognition): readonly string[] {
  return entry.examples.flatMap((example) => {
    if (example.channel !== channel) return [];
    const { status = null, body, headers } = example;
    return look({ ...data, read: readPlace, holds }, status, body, headers).text ?? [];
  });
}

/** Fewer letters stand in too many texts. */
const isLong = (text: string): boolean => text.trim().length >= 8;

/** Whether a text is what a part of a template stands for, from one end of its parts to another. */
function isPart({ parts }: Message, wanted: string): boolean {
  for (let from = 0; from < parts.length; from++)
    for (let to = parts.length; to > from; to--) {
      const some = trimmed(parts.slice(from, to));
      const fixed = some.filter((part) => typeof part === "string");
      // What is only placeholders would stand for anything.
      if (fixed.some((text) => isLong(text) && wanted.includes(text)))
        if (templates.match(some, wanted) !== null) return true;
    }
  return false;
}

/** Parts without the space at their two ends. */
function trimmed(parts: readonly Part[]): readonly Part[] {
  return parts.map((part, i) => {
    if (typeof part !== "string") return part;
    const start = i === 0 ? part.trimStart() : part;
    return i === parts.length - 1 ? start.trimEnd() : start;
  });
}

/** Entries that have all of some words; a word in the name counts more than one in a text, and that more than in a summary. */
function byWords(entries: readonly Entry[], wanted: string): readonly Entry[] {
  const words = wordsOf(wanted);
  if (words.length === 0) return [];
  const scored = entries.map((entry) => {
    const { id, title, match, category, ownCategory, tags, summary, remedy } = entry;
    const messages = match.messages.map(({ template }) => template);
    const fields: readonly (readonly [weight: number, words: readonly string[]])[] = [
      [4, wordsOf([id, title].join(" "))],
      [3, wordsOf([category, ownCategory?.name, ...tags].join(" "))],
      [2, wordsOf(messages.join(" "))],
      [1, wordsOf([summary, remedy].join(" "))],
    ];
    const weights = words.map((word) =>
      Math.max(
        0,
        ...fields.flatMap(([weight, own]) =>
          own.some((one) => one.startsWith(word)) ? weight : [],
        ),
      ),
    );
    const score = weights.includes(0) ? 0 : weights.reduce((sum, weight) => sum + weight, 0);
    return { entry, score };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
