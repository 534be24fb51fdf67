/** A page, block by block, as a reading. Markdown and HTML come here, and lists as a single table. */
import { type Body, type Note, type Reading, reading, row, type Row } from "../model.js";
import { type Block, type Heading, type Item, type List } from "./blocks.js";
import { ofErrors } from "./columns.js";
import { codeHeadings, type CodeHeading, codesIn, statusIn } from "./headings.js";
import { jsonIn } from "./json.js";
import { unquoted } from "../codes.js";
import { readList } from "./list.js";
import { readTable, type Context } from "./table.js";

export interface About {
  readonly title: string | null;
  readonly url: string | null;
}

export function readPage(blocks: readonly Block[], about: About): Reading {
  const headings = blocks.filter((block): block is Heading => block.kind === "heading");
  const title = about.title ?? titleOf(headings);
  const coded = codeHeadings(headings, title);
  const known = new Set([...coded.values()].flatMap(({ codes }) => codes));
  const state = new State(title, coded, known);
  for (const block of blocks) state.take(block);
  state.close();
  const count = (kind: Block["kind"]): number => blocks.filter((one) => one.kind === kind).length;
  return reading({
    ...{
      title,
      url: about.url,
      rows: signed(state.rows),
      bodies: state.bodies,
      skipped: state.skipped,
    },
    read: {
      table: count("table"),
      heading: headings.length,
      list: count("list"),
      "block of code": count("code"),
    },
  });
}

/** `10xx` above codes such as -1003 is -10xx: classes are written without the sign. */
function signed(rows: readonly Row[]): readonly Row[] {
  const codes = rows.flatMap((one) => one.codes).map(Number);
  return rows.map((one) => {
    const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(one.codes[0] ?? "") ?? [];
    if (from === undefined || to === undefined) return one;
    const [low, high] = [Number(from), Number(to)];
    const has = (sign: number): boolean =>
      codes.some((code) => sign * code >= low && sign * code <= high);
    return has(1) || !has(-1) ? one : { ...one, codes: [`-${to}..-${from}`] };
  });
}

/** The outermost heading; of several, the first. */
function titleOf(headings: readonly Heading[]): string | null {
  const depth = Math.min(...headings.map((heading) => heading.depth));
  return headings.find((heading) => heading.depth === depth)?.text ?? null;
}

/** What was read so far, and where in the page that is. */
class State {
  readonly rows: Row[] = [];
  readonly bodies: Body[] = [];
  readonly skipped: Note[] = [];
  readonly #title: string | null;
  readonly #coded: ReadonlyMap<Heading, CodeHeading>;
  readonly #known: ReadonlySet<string>;
  #above: Heading[] = [];
  #before = "";
  /** The heading of a code that is being read, and what was said below it. */
  #open: {
    readonly heading: Heading;
    readonly coded: CodeHeading;
    texts: string[];
    says: string[];
  } | null = null;

  constructor(
    title: string | null,
    coded: ReadonlyMap<Heading, CodeHeading>,
    known: ReadonlySet<string>,
  ) {
    this.#title = title;
    this.#coded = coded;
    this.#known = known;
  }

  take(block: Block): void {
    if (block.kind === "heading") this.#enter(block);
    else if (block.kind === "table") this.#add(readTable(block, this.#context()));
    else if (block.kind === "list") this.#list(block);
    else if (block.kind === "code") this.#code(block.text, block.line);
    else {
      this.#open?.says.push(block.prose);
      this.#before = block.text;
      // `429 → {"error": …}` within a line of text.
      for (const code of block.codes) if (code.startsWith("{")) this.#code(code, block.line);
    }
    if (block.kind !== "paragraph") this.#before = "";
  }

  /** Ends the code that is being read. */
  close(): void {
    if (this.#open === null) return;
    const { heading, coded, texts, says } = this.#open;
    this.#open = null;
    const { codes, name, isClass } = coded;
    const summary = [coded.says, ...says].find((text) => text !== "") ?? "";
    const spot = { heading: heading.id, line: heading.line };
    const isStatuses =
      codes.every((code) => /^[1-5](?:\d\d|xx)$/.test(code)) && this.#isOfStatuses(heading);
    this.rows.push(
      isStatuses
        ? row({
            family: "statuses",
            statuses: codes,
            name,
            summary: summary || (texts[0] ?? ""),
            spot,
          })
        : row({ codes, name, summary, texts: isClass ? [] : texts, spot }),
    );
  }

  #isOfStatuses(heading: Heading): boolean {
    const parents = this.#above.filter(({ depth }) => depth < heading.depth);
    return /\bhttp\b|\bstatus/i.test([heading.text, ...parents.map(({ text }) => text)].join(" "));
  }

  #enter(heading: Heading): void {
    this.close();
    this.#above = [...this.#above.filter(({ depth }) => depth < heading.depth), heading];
    const coded = this.#coded.get(heading);
    if (coded !== undefined) this.#open = { heading, coded, texts: [], says: [] };
  }

  #context(): Context {
    const nearest = this.#above.at(-1);
    const coded = nearest === undefined ? undefined : this.#coded.get(nearest);
    return {
      headings: [this.#title ?? "", ...this.#above.map(({ text }) => text)],
      before: this.#before,
      heading: nearest?.id ?? null,
      codes: coded?.codes ?? codesIn(nearest?.text ?? "", this.#known),
    };
  }

  #add({
    rows,
    skipped,
  }: {
    readonly rows: readonly Row[];
    readonly skipped: readonly Note[];
  }): void {
    this.rows.push(...rows);
    this.skipped.push(...skipped);
  }

  /** Below the heading of a code, bullets are the texts that come with it. */
  #list(list: List): void {
    const found = readList(list, this.#context());
    if (this.#open === null || this.#open.coded.isClass || found.rows.length > 0) this.#add(found);
    else this.#open.texts.push(...list.items.map(textOf));
  }

  #code(text: string, line: number): void {
    const heading = this.#above.at(-1);
    const context = this.#context();
    const near = [heading?.text ?? "", this.#before];
    const isNear = ofErrors.test(near.join(" "));
    const isFrame = /\bweb ?socket|\bframes?\b/i.test(near.join(" "));
    for (const { value, status, line: down } of jsonIn(text)) {
      const own = status ?? statusIn(heading?.text ?? "") ?? statusIn(this.#before);
      const spot = { heading: context.heading, line: line + down };
      const isError = own === null ? isNear : Number(own) >= 400;
      this.bodies.push({ value, status: own, isError, isFrame, spot });
    }
  }
}

/** A bullet as the text that is sent: what is set as code, if that is nearly all of it. */
function textOf({ text, codes }: Item): string {
  const [only, other] = codes;
  return unquoted(
    only !== undefined && other === undefined && only.length > text.length * 0.8 ? only : text,
  );
}
