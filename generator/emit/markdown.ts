/**
 * The only Markdown writer, with its one escaper. A page reads the same on GitHub, in MDX and in VitePress, and its source
 * reads well: what is on the wire stands between backticks, and words have a backslash only where one is needed.
 */

/** Markdown that is safe to put into a line. */
export type Inline = string & { readonly __inline: true };

const inline = (markdown: string): Inline => markdown as Inline;

const entity = (c: string): string => `&#${c.codePointAt(0)};`;
const backslash = (c: string): string => `\\${c}`;

/** Line ends and control characters. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Catalog text in a line. Words between backticks become code. */
export function text(value: string): Inline {
  // Most texts: nothing in such a one acts anywhere.
  if (/^[A-Z][A-Za-z0-9 ,']*\.?$/.test(value)) return inline(value.trimEnd());
  const pieces = value
    .split(/`([^`\n]+)`/)
    .flatMap((piece, i) => (i % 2 === 1 ? [{ wire: piece }] : wordsOf(piece.replace(unseen, " "))))
    .filter((piece) => !("words" in piece && piece.words === ""));
  let isAfterSpan = false;
  const written = pieces.map((piece, i) => {
    if ("words" in piece) {
      isAfterSpan = false;
      return i === 0 ? lineStart(piece.words) : escaped(piece.words);
    }
    // Two spans without anything between them would be one.
    const shown = isAfterSpan ? codeElement(piece.wire) : code(piece.wire);
    isAfterSpan = shown.endsWith("`");
    return shown;
  });
  return inline(written.join(""));
}

/**
 * Words, apart from what some renderer acts upon however it is escaped, as it looks at the finished page: addresses become
 * links, and `:tada:` becomes a picture. None of them does so in code.
 */
function wordsOf(value: string): readonly ({ words: string } | { wire: string })[] {
  const isRead = /:\/\/|www\.|[\w.+-]@[\w-]|:[\w+-]+:/i;
  return value
    .split(/(\S+)/)
    .map((piece) => (isRead.test(piece) ? { wire: piece } : { words: piece }))
    .reduce<({ words: string } | { wire: string })[]>((pieces, piece) => {
      const last = pieces.at(-1);
      if (last !== undefined && "words" in last && "words" in piece) last.words += piece.words;
      else pieces.push(piece);
      return pieces;
    }, []);
}

/** Braces are entities, as Vue looks for two of them in the finished page, where a backslash is gone. */
function escaped(words: string): string {
  return (
    words
      .replace(/[\\<[\]`*~|$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, backslash)
      // A heading would lose these at its end; and emoticons become pictures.
      .replace(/#(?=#*\s*$)|(?<=^|[\W_])[:;](?=\S)|[:;](?=[^\w\s])|-(?=\))/g, backslash)
      .replace(/&(?=[#\w])/g, "&amp;")
      .replace(/[{}]/g, entity)
  );
}

/** What would begin a list, a quotation, a heading, its underline, a container or a module's import. */
function lineStart(words: string): string {
  const start = words.trimStart();
  const shown = escaped(start);
  if (/^(?:import|export)\b/.test(start)) return entity(start[0]!) + shown.slice(1);
  return shown.replace(/^[-+=>#:]|(?<=^\d{1,9})[.)]/, backslash);
}

/** Text as it is on the wire: between backticks, or an element where something reads what is between these. */
export function code(value: string): Inline {
  const shown = value.replace(unseen, " ");
  // Vue reads two braces, and a table ends its cell at a pipe.
  if (/\{\{|\}\}|\||^ *$/.test(shown)) return codeElement(shown);
  if (!shown.includes("`") && shown === shown.trim()) return inline(`\`${shown}\``);
  const ticks = "`".repeat(longestRun(shown) + 1);
  const padding = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return inline(ticks + padding + shown + padding + ticks);
}

function codeElement(value: string): Inline {
  const shown = value.replace(unseen, " ").replace(/[^A-Za-z0-9 ]/gu, entity);
  return inline(`<code>${shown}</code>`);
}

/** How many backticks follow each other at the most. */
function longestRun(value: string): number {
  return Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length));
}

export function bold(content: Inline): Inline {
  return inline(`**${content}**`);
}

export function link(content: Inline, to: string): Inline {
  const safe = to.replace(/[^\w\-./#:?&=%~+,;]/g, (c) =>
    [...new TextEncoder().encode(c)]
      .map((b) => `%${b.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
  return inline(`[${content}](${safe})`);
}

/** A picture; what it shows in words is for those who do not see it. */
export function image(words: Inline, to: string): string {
  return `!${link(words, to)}`;
}

/** Our own words, safe as they stand. */
export function own(words: string): Inline {
  return inline(words);
}

/** Our own words and pieces of Markdown, side by side. Literal strings in the template must be safe as they stand. */
export function line(fixed: TemplateStringsArray, ...pieces: readonly (Inline | number)[]): Inline {
  return inline(String.raw({ raw: fixed }, ...pieces));
}

export function join(pieces: readonly Inline[], separator = ", "): Inline {
  return inline(pieces.join(separator));
}

export function heading(level: number, content: Inline): string {
  return `${"#".repeat(level)} ${content}`;
}

export function anchor(id: string): string {
  return `<a id="${id}"></a>`;
}

export function list(items: readonly Inline[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

export function tableOf(head: readonly Inline[], rows: readonly (readonly Inline[])[]): string {
  const row = (cells: readonly Inline[]): string => `| ${cells.join(" | ")} |`;
  return [row(head), `|${" --- |".repeat(head.length)}`, ...rows.map(row)].join("\n");
}

/** A fenced block; the fence is longer than any run of backticks in it. */
export function fence(language: string, content: string): string {
  const ticks = "`".repeat(Math.max(3, longestRun(content) + 1));
  return `${ticks}${language}\n${content}\n${ticks}`;
}

/** A page: front matter and blocks. VitePress writes the description into an attribute as it is, which a quote would end. */
export function page(
  title: string,
  description: string,
  blocks: readonly (string | null)[],
): string {
  const front = [
    "---",
    `title: ${jsonText(title)}`,
    `description: ${jsonText(description.replaceAll('"', "'"))}`,
    "---",
  ].join("\n");
  return `${[front, ...blocks.filter((block) => block !== null && block !== "")].join("\n\n")}\n`;
}

/**
 * A JSON string, which is a YAML string. VitePress copies it into a script, which `</script` would end; a word joiner, which
 * nobody sees, keeps that from being one.
 */
function jsonText(value: string): string {
  return JSON.stringify(value.replace(/<(?=\/script)/gi, "<\u2060")).replace(
    /[\u2028\u2029\u0085]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
