/**
 * The search. A code or a text that is an entry's own comes before everything that is only like it; a template is found by
 * the words around its placeholders, in their order, whatever stands for these.
 */
import type { Indexed } from "./entries.js";

/** How many are listed. */
const most = 50;

/** How much of what was typed counts; somebody may paste a whole page. */
const longest = 600;

/** A document with its words, made once. */
interface Prepared {
  readonly indexed: Indexed;
  /** Its name: the title, the id and its last part, in lower case. */
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly prefixes: readonly string[];
  readonly texts: readonly Text[];
  readonly words: readonly string[];
}

interface Text {
  /** What stands around the placeholders, in lower case; one piece where there is none. */
  readonly pieces: readonly string[];
  /** Its words, with `null` for a placeholder. */
  readonly words: readonly (string | null)[];
}

/** Finds entries by what people type or paste, best first. Entries that fit equally well keep the order of the index. */
export function searcher(index: readonly Indexed[]): (query: string) => readonly Indexed[] {
  const all = index.map(prepare);
  const rarity = rarityOf(all);
  return (query) => {
    const asked = fold(query).slice(0, longest);
    const words = wordsOf(asked);
    if (words.length === 0 && asked === "") return [];
    const found = all.flatMap((one) => {
      const score =
        Math.max(ofNames(one, asked, words), ofTexts(one, asked, words)) + about(one, words);
      return score > 0 ? [{ one, score }] : [];
    });
    // Sorting is stable.
    found.sort((a, b) => b.score - a.score);
    return found.slice(0, most).map(({ one }) => one.indexed);
  };

  /** How much of what is asked its words have: all of it is 100. The last word may be half typed. */
  function about({ words }: Prepared, asked: readonly string[]): number {
    let total = 0;
    let had = 0;
    asked.forEach((word, i) => {
      const weight = rarity(word);
      total += weight;
      if (words.includes(word)) had += weight;
      else if (word.length > 2 && words.some((one) => one.startsWith(word)))
        had += weight * (i === asked.length - 1 ? 0.8 : 0.5);
    });
    return total === 0 ? 0 : (100 * had) / total;
  }
}

function prepare(indexed: Indexed): Prepared {
  const { id, api, title, kind, values, texts, about, summary, remedy, ranges } = indexed;
  const own = texts.map((text): Text => {
    const pieces = (typeof text === "string" ? [text] : text).map((piece) => foldInner(piece));
    const words = pieces.flatMap((piece, i) =>
      (i === 0 ? [] : [null]).concat(wordsOf(piece) as never),
    );
    return { pieces, words };
  });
  const said = [
    id,
    api,
    title,
    kind,
    about,
    summary,
    remedy,
    ...values,
    ...ranges.flat().map(String),
  ].join(" ");
  const constants = own.flatMap(({ words }) => words.filter((word) => word !== null));
  return {
    indexed,
    names: [title, id, id.slice(id.indexOf(".") + 1)].map(fold),
    values: values.map(fold),
    prefixes: indexed.prefixes.map(fold),
    texts: own,
    words: [...new Set([...wordsOf(fold(said)), ...constants])],
  };
}

/** In lower case, with one blank for each run of white space, and without the quotes that it stands in. */
function fold(text: string): string {
  return foldInner(text)
    .trim()
    .replace(/^(["'`])([^"'`]+)\1$/, "$2");
}

function foldInner(text: string): string {
  return text.normalize().toLowerCase().replace(/\s+/g, " ");
}

/** Runs of letters and digits; what joins them, as in `x-api-key` or `15000.00`, does not part them. */
function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+(?:[.,:/_-][\p{L}\p{N}]+)*/gu) ?? [];
}

/** What few entries have says more than what all have. */
function rarityOf(all: readonly Prepared[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const { words } of all)
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + all.length / (counts.get(word) ?? 1));
}

/** What is asked is a code, a status or a name of it, or has such a code or status in it. */
function ofNames(
  { indexed, names, values, prefixes }: Prepared,
  asked: string,
  words: readonly string[],
): number {
  const { ranges, statuses } = indexed;
  const isOwn = (word: string): boolean =>
    values.includes(word) || isWithin(word, ranges) || prefixes.some((one) => isBegun(word, one));
  if (isOwn(asked)) return 1000;
  if (names.includes(asked)) return 900;
  if (isWithin(asked, statuses)) return 500;
  return words.some(isOwn) ? 300 : 0;
}

/** Whether a word is more of a class than its name. */
function isBegun(word: string, prefix: string): boolean {
  return word !== prefix && word.startsWith(prefix) && !word.includes(" ");
}

function isWithin(word: string, ranges: Indexed["ranges"]): boolean {
  if (ranges.length === 0 || !/^-?\d+$/.test(word)) return false;
  return ranges.some(([first, last]) => first <= Number(word) && Number(word) <= last);
}

/** What is asked is a text of it, has one in it, or has the most words in common with one. */
function ofTexts({ texts }: Prepared, asked: string, words: readonly string[]): number {
  return Math.max(
    0,
    ...texts.map((text) => {
      if (isOne(text, asked))
        return text.pieces.length === 1 ? 1000 : 950 + Math.min(constantsIn(text), 40);
      return alike(text, words);
    }),
  );
}

function constantsIn({ words }: Text): number {
  return words.filter((word) => word !== null).length;
}

/** Whether a text is this one, with anything for its placeholders. */
function isOne({ pieces }: Text, asked: string): boolean {
  if (pieces.length === 1) return pieces[0]!.trim() === asked;
  const [first, last] = [pieces[0]!.trimStart(), pieces.at(-1)!.trimEnd()];
  if (!asked.startsWith(first) || !asked.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = asked.indexOf(piece, from + 1);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return asked.length - last.length > from;
}

/**
 * How much two have in common, word by word in their order: 400 for all that is asked, and up to 200 for all of the text.
 * A placeholder takes one word, for which it gets half.
 */
function alike(text: Text, asked: readonly string[]): number {
  const isAsked = (word: string | null): boolean =>
    word !== null && asked.some((one, i) => isSame(word, one, i === asked.length - 1));
  if (!text.words.some(isAsked)) return 0;
  let before: readonly number[] = new Array<number>(asked.length + 1).fill(0);
  for (const word of text.words) {
    const row = [0];
    asked.forEach((one, i) => {
      const gain = word === null ? 0.5 : isSame(word, one, i === asked.length - 1) ? 1 : 0;
      row.push(Math.max(before[i + 1]!, row[i]!, before[i]! + gain));
    });
    before = row;
  }
  const common = before.at(-1)!;
  const wild = text.words.length - constantsIn(text);
  const all = constantsIn(text) + wild / 2;
  return (400 * common) / asked.length + (200 * common) / all;
}

/** The word that is being typed need not be whole. */
function isSame(word: string, asked: string, isLast: boolean): boolean {
  return word === asked || (isLast && asked.length > 2 && word.startsWith(asked));
}
