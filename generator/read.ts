/** The only home of yaml: files to documents, plain values that remember their places. */
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import {
  type Alias,
  Composer,
  type CST,
  type Document as YamlDocument,
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node as YamlNode,
  Parser,
  Scalar,
  visit,
} from "yaml";
import { compare, type DiagnosticLog, hidden, type Place, type SourceText } from "./diagnostics.js";
import { escapeStep } from "./match/pointer.js";
import { nearest } from "./nearest.js";

const maxBytes = 5_000_000;
const maxDepth = 64;
const maxNodes = 500_000;

/** One YAML file as plain data: null-prototype objects, arrays, strings, finite numbers, booleans and null. */
export interface Document {
  readonly source: SourceText;
  readonly value: unknown;
  /** The place of the value at a JSON pointer, or of its nearest known ancestor. */
  place(pointer: string): Place;
  /** The place of the key at a JSON pointer; of the value where there is no key. */
  keyPlace(pointer: string): Place;
}

/** The bytes of a catalog, before anything is understood. */
export interface CatalogFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export async function readManifest(path: string, log: DiagnosticLog): Promise<Document | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR")
      log.report("manifest/missing", null, { file: shown(path) });
    else log.report("file/unreadable", wholeFile(path), { problem: why(error) });
    return null;
  }
  return parse({ path, bytes }, log);
}

/** The documents of one API's folder, in code-unit order of their names. */
export async function readFolder(
  manifest: Document,
  manifestPath: string,
  api: string,
  index: number,
  log: DiagnosticLog,
): Promise<readonly Document[]> {
  const root = dirname(manifestPath);
  const names = await readdir(join(root, api)).catch(() => []);
  // Editors keep hidden files of their own beside those that they have open.
  const yaml = names.filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort(compare);
  if (yaml.length === 0) {
    const siblings = await readdir(root, { withFileTypes: true });
    log.report("manifest/no-folder", manifest.place(`/apis/${index}`), {
      api,
      near: nearest(
        api,
        siblings.filter((s) => s.isDirectory()).map((s) => s.name),
      ),
    });
  }
  const documents: Document[] = [];
  for (const name of yaml) {
    const path = join(root, api, name);
    try {
      const document = parse({ path, bytes: await readFile(path) }, log);
      if (document !== null) documents.push(document);
    } catch (error) {
      log.report("file/unreadable", wholeFile(path), { problem: why(error) });
    }
  }
  return documents;
}

function parse(file: CatalogFile, log: DiagnosticLog): Document | null {
  const source = decode(file, log);
  if (source === null) return null;
  const before = log.count;
  checkCharacters(source, log);
  checkVersion(source, log);
  const tokens = tokenize(source, log);
  if (log.count > before) return null;
  const options = {
    version: "1.2",
    schema: "core",
    // Checked below with both places; the parser's own check is quadratic.
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
  } as const;
  const [yaml, second] = new Composer(options).compose(tokens, true, source.text.length);
  // What follows the first mistake is a guess of the parser's. Tags are found again below.
  const problem = yaml!.errors[0] ?? yaml!.warnings.find((w) => w.code !== "TAG_RESOLVE_FAILED");
  if (problem !== undefined) {
    const [start, end] = problem.pos;
    const last = Math.max(0, source.text.trimEnd().length - 1);
    const place = { source, start: Math.min(start, last), end: Math.max(end, start + 1) };
    if (problem.code === "TAG_RESOLVE_FAILED") log.report("yaml/unsupported", place, tags);
    else {
      const help = advice[problem.code] ?? "put the value into double quotes if it is a text.";
      log.report("yaml/syntax", place, { problem: problem.message, help });
    }
    return null;
  }
  if (second !== undefined) {
    const [start] = second.range;
    log.report("yaml/unsupported", { source, start, end: start + 3 }, several);
    return null;
  }
  const walk = new Walk(source, yaml!, log);
  const value = walk.read(yaml!.contents as YamlNode | null);
  return log.count > before ? null : walk.document(value);
}

const tags = { what: "tags", instead: "write the plain value." };
const several = { what: "several documents in one file", instead: "split the file." };

/** What helps most often, by the parser's code of the mistake. */
const advice: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: "write a backslash twice in double quotes, or use single quotes.",
  BAD_INDENT: "the lines of one map or list start in the same column, and brackets are closed.",
  BLOCK_AS_IMPLICIT_KEY: "put a value that holds a colon into double quotes.",
  MISSING_CHAR: "something that was opened before this place is not closed.",
  MULTILINE_IMPLICIT_KEY: "a key ends with a colon.",
  TAB_AS_INDENT: "indent with spaces.",
};

function decode(file: CatalogFile, log: DiagnosticLog): SourceText | null {
  if (file.bytes.byteLength > maxBytes) {
    log.report("file/unreadable", wholeFile(file.path), { problem: "it is larger than 5 MB" });
    return null;
  }
  const read = (fatal: boolean): SourceText => ({
    file: shown(file.path),
    text: new TextDecoder("utf-8", { fatal }).decode(file.bytes).replace(/\r\n/g, "\n"),
  });
  try {
    return read(true);
  } catch {
    const source = read(false);
    const start = source.text.indexOf("\ufffd");
    log.report(
      "file/unreadable",
      { source, start, end: start + 1 },
      { problem: "it is not UTF-8" },
    );
    return null;
  }
}

function checkCharacters(source: SourceText, log: DiagnosticLog): void {
  for (const match of [...source.text.matchAll(hidden)].slice(0, 5)) {
    const code = match[0].codePointAt(0)!.toString(16).toUpperCase();
    const place = { source, start: match.index, end: match.index + match[0].length };
    log.report("file/character", place, { code: `U+${code.padStart(4, "0")}` });
  }
}

/** YAML 1.1 reads `NO` as false and `0012` as ten. */
function checkVersion(source: SourceText, log: DiagnosticLog): void {
  const other = /^%YAML(?![ \t]+1\.2(?:[ \t]|$)).*/m.exec(source.text);
  if (other === null) return;
  const place = { source, start: other.index, end: other.index + other[0].length };
  log.report("yaml/unsupported", place, {
    what: "other versions of YAML than 1.2",
    instead: "take the line out.",
  });
}

/** The parser's tokens. It keeps a stack; all that follows is recursive, so nesting has to end here. */
function tokenize(source: SourceText, log: DiagnosticLog): readonly CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(source.text)) {
    tokens.push(...parser.next(lexeme));
    // Besides the collections, the stack holds the document and perhaps a scalar.
    if (parser.stack.length > maxDepth + 2) {
      const start = parser.offset - lexeme.length;
      log.report("yaml/unsupported", { source, start, end: parser.offset }, tooDeep);
      return [];
    }
  }
  tokens.push(...parser.end());
  return tokens;
}

const tooDeep = { what: `more than ${maxDepth} levels of nesting`, instead: "flatten it." };
const tooMany = {
  what: `more than ${maxNodes} values in a file, aliases unfolded`,
  instead: "split the file, or use fewer aliases.",
};

/** Turns YAML nodes into plain data, remembering places and refusing what plain data cannot be. */
class Walk {
  readonly #keys = new Map<string, Place>();
  readonly #values = new Map<string, Place>();
  readonly #open = new Set<YamlNode>();
  readonly #targets: ReadonlyMap<YamlNode, YamlNode>;
  /** The outermost alias that is being unfolded. */
  #alias: Alias | null = null;
  #nodes = 0;
  /** Set when there is too much to read: the rest would say so again. */
  #stopped = false;

  readonly source: SourceText;
  readonly log: DiagnosticLog;

  constructor(source: SourceText, yaml: YamlDocument, log: DiagnosticLog) {
    this.source = source;
    this.log = log;
    this.#targets = aliasTargets(yaml);
  }

  document(value: unknown): Document {
    const { source } = this;
    const find = (maps: readonly Map<string, Place>[], pointer: string): Place => {
      for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
        for (const map of maps) {
          const place = map.get(at);
          if (place !== undefined) return place;
        }
        if (at === "") return { source, start: 0, end: 0 };
      }
    };
    return {
      source,
      value,
      place: (pointer) => find([this.#values, this.#keys], pointer),
      keyPlace: (pointer) => find([this.#keys, this.#values], pointer),
    };
  }

  read(node: YamlNode | null, pointer = "", depth = 0): unknown {
    if (node === null || this.#stopped) return null;
    this.#values.set(pointer, this.#place(node));
    const excess = ++this.#nodes > maxNodes ? tooMany : depth > maxDepth ? tooDeep : null;
    if (excess !== null) {
      this.#stopped = true;
      return this.#refuse(this.#alias ?? node, excess);
    }
    if (isAlias(node)) return this.#unfold(node, pointer, depth);
    if (this.#tagged(node)) return null;
    if (isScalar(node)) return this.#scalar(node);
    this.#open.add(node);
    const value = isSeq(node)
      ? node.items.map((item, i) => this.read(item as YamlNode, `${pointer}/${i}`, depth + 1))
      : isMap(node)
        ? this.#map(node.items, pointer, depth)
        : null;
    this.#open.delete(node);
    return value;
  }

  #map(
    pairs: readonly { key: unknown; value: unknown }[],
    pointer: string,
    depth: number,
  ): unknown {
    const value: Record<string, unknown> = Object.create(null);
    const seen = new Map<string, Place>();
    for (const pair of pairs) {
      const keyNode = pair.key as YamlNode;
      if (!isScalar(keyNode)) {
        const what = "keys that are not plain text";
        this.#refuse(keyNode, { what, instead: "write the key as text." });
        continue;
      }
      if (this.#tagged(keyNode)) continue;
      const place = this.#place(keyNode);
      if (keyNode.value === "<<" && keyNode.type === Scalar.PLAIN) {
        this.#refuse(keyNode, {
          what: "merge keys (<<)",
          instead: "repeat the lines, or name the thing once and refer to it.",
        });
        continue;
      }
      const read = this.#scalar(keyNode);
      const key = (read === null ? (keyNode.source ?? "") : String(read)).normalize("NFC");
      const first = seen.get(key);
      if (first !== undefined)
        this.log.report("yaml/duplicate-key", place, { key }, [
          { place: first, note: "first here" },
        ]);
      seen.set(key, place);
      const at = `${pointer}/${escapeStep(key)}`;
      this.#keys.set(at, place);
      value[key] = this.read(pair.value as YamlNode | null, at, depth + 1);
    }
    return value;
  }

  #unfold(node: Alias, pointer: string, depth: number): unknown {
    const target = this.#targets.get(node);
    if (target === undefined) {
      this.log.report("yaml/syntax", this.#place(node), {
        problem: `The alias *${node.source} has no anchor &${node.source} before it`,
        help: "put the value into double quotes if it is a text.",
      });
      return null;
    }
    if (this.#open.has(target)) {
      const what = "an alias inside of what it names";
      return this.#refuse(node, { what, instead: "write the value out." });
    }
    const outer = this.#alias;
    this.#alias ??= node;
    const value = this.read(target, pointer, depth);
    this.#alias = outer;
    return value;
  }

  #scalar(node: Scalar): unknown {
    const { value, source = "" } = node;
    if (typeof value !== "number") return value;
    // Beyond 2^53 neighbours are one number, so nobody can tell which was meant.
    const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (!exact || String(value) !== source)
      this.log.report("yaml/number-changed", this.#place(node), {
        written: source,
        read: exact ? String(value) : null,
      });
    return value;
  }

  #tagged(node: YamlNode): boolean {
    const plain = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;
    if (node.tag === undefined || plain.test(node.tag)) return false;
    const { source } = this;
    // The tag stands before its node.
    const mark = source.text.lastIndexOf("!", this.#place(node).start);
    const start = source.text[mark - 1] === "!" ? mark - 1 : mark;
    const [tag] = /^[^\s,\]}]*/.exec(source.text.slice(start, start + 80))!;
    this.log.report("yaml/unsupported", { source, start, end: start + tag.length }, tags);
    return true;
  }

  #refuse(node: YamlNode, params: { what: string; instead: string }): null {
    this.log.report("yaml/unsupported", this.#place(node), params);
    return null;
  }

  #place(node: YamlNode): Place {
    const [start, end] = node.range ?? [0, 0, 0];
    return { source: this.source, start, end };
  }
}

/** What each alias stands for: the last node before it with its anchor. */
function aliasTargets(yaml: YamlDocument): ReadonlyMap<YamlNode, YamlNode> {
  const anchors = new Map<string, YamlNode>();
  const targets = new Map<YamlNode, YamlNode>();
  visit(yaml, {
    Alias(_, node) {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** A file of which nothing can be shown. */
function wholeFile(path: string): Place {
  return { source: { file: shown(path), text: "" }, start: 0, end: 0 };
}

function shown(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/");
}

function why(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "you are not allowed to";
  return message.split(",")[0]!;
}
