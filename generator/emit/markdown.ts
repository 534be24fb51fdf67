/**
 * The only Markdown writer, with its one escaper. The same page reads the same in CommonMark with tables, in MDX and in
 * Vue: whatever those would interpret becomes an entity, and no text of a catalog begins a line with something that acts.
 */

/** Markdown that is safe to put into a line. */
export type Inline = string & { readonly __inline: true };

const inline = (markdown: string): Inline => markdown as Inline;

const entity = (c: string): string => `&#${c.codePointAt(0)};`;

/** Line ends and control characters. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Catalog text in a line. Words between backticks become code. */
export function text(value: string): Inline {
  const pieces = value.split(/`([^`\n]+)`/);
  return inline(
    pieces.map((piece, i) => (i % 2 === 1 ? code(piece) : plain(piece, i === 0))).join(""),
  );
}

function plain(value: string, first: boolean): string {
  const escaped = value
    .replace(unseen, " ")
    .replace(/[&<>{}[\]`*_~|\\#]/g, entity)
    // Bare addresses would become links in some renderers and not in others.
    .replace(/:(?=\/\/)/g, entity)
    .replace(/@|(?<=www)\./gi, entity);
  if (!first) return escaped;
  const start = escaped.trimStart();
  // What would begin a list, a heading's underline, a container or a module's import.
  const acts = /^(?:[-+=:]|\d+[.)]|(?:import|export)\b)/.test(start);
  return acts ? entity(start[0]!) + start.slice(1) : start;
}

/** Text as it is on the wire. */
export function code(value: string): Inline {
  const shown = value.replace(unseen, " ");
  if (/^[^`{}|<>\s](?:[^`{}|<>]*[^`{}|<>\s])?$/.test(shown)) return inline(`\`${shown}\``);
  return inline(`<code>${shown.replace(/[^A-Za-z0-9 ]/gu, entity)}</code>`);
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
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${content}\n${ticks}`;
}

/** A page: front matter and blocks. A JSON string is a YAML string. */
export function page(
  title: string,
  description: string,
  blocks: readonly (string | null)[],
): string {
  const front = [
    "---",
    `title: ${jsonText(title)}`,
    `description: ${jsonText(description)}`,
    "---",
  ].join("\n");
  return `${[front, ...blocks.filter((block) => block !== null && block !== "")].join("\n\n")}\n`;
}

function jsonText(value: string): string {
  return JSON.stringify(value).replace(
    /[\u2028\u2029\u0085]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
