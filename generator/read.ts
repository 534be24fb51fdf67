/** The only home of yaml: files to documents, plain values that remember their places. */
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import {
  type Document as YamlDocument,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node as YamlNode,
  parseDocument,
  Scalar,
} from "yaml";
import { compare, type DiagnosticLog, type Place, type SourceText } from "./diagnostics.js";
import { escapeStep } from "./match/pointer.js";
import { nearest } from "./nearest.js";

const maxBytes = 5_000_000;
const maxDepth = 64;

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
  const yaml = names.filter((name) => /\.ya?ml$/.test(name)).sort(compare);
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
  const text = decode(file, log);
  if (text === null) return null;
  const source: SourceText = { file: shown(file.path), text };
  const before = log.count;
  checkCharacters(source, log);
  if (/^%YAML\s+(?!1\.2\s*$)/m.test(text)) {
    const start = text.search(/^%YAML/m);
    const place = { source, start, end: start + 5 };
    log.report("yaml/unsupported", place, {
      what: "other versions of YAML than 1.2",
      instead: "take the line out.",
    });
    return null;
  }
  const yaml = parseDocument(text, {
    version: "1.2",
    schema: "core",
    // Checked below with both places; the parser's own check is quadratic.
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    lineCounter: new LineCounter(),
  });
  for (const problem of [...yaml.errors, ...yaml.warnings].slice(0, 20)) {
    const [start, end] = problem.pos;
    const place = { source, start, end: Math.max(end, start + 1) };
    if (problem.code === "MULTIPLE_DOCS")
      log.report("yaml/unsupported", place, {
        what: "several documents in one file",
        instead: "split the file.",
      });
    else if (problem.code === "TAG_RESOLVE_FAILED")
      log.report("yaml/unsupported", place, {
        what: "tags",
        instead: "write the plain value.",
      });
    else log.report("yaml/syntax", place, { problem: problem.message });
  }
  if (log.count > before) return null;
  const walk = new Walk(source, yaml, log);
  const value = walk.read(yaml.contents as YamlNode | null);
  return log.count > before ? null : walk.document(value);
}

function decode(file: CatalogFile, log: DiagnosticLog): string | null {
  if (file.bytes.byteLength > maxBytes) {
    log.report("file/unreadable", wholeFile(file.path), {
      problem: "it is larger than 5 MB",
    });
    return null;
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file.bytes);
    return text.replace(/\r\n/g, "\n");
  } catch {
    log.report("file/unreadable", wholeFile(file.path), {
      problem: "it is not UTF-8",
    });
    return null;
  }
}

/** Control, bidirectional and zero-width characters hide what a reviewer should see. */
function checkCharacters(source: SourceText, log: DiagnosticLog): void {
  const hidden =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  for (const match of [...source.text.matchAll(hidden)].slice(0, 5)) {
    const code = match[0].charCodeAt(0).toString(16).toUpperCase();
    const place = { source, start: match.index, end: match.index + 1 };
    log.report("file/character", place, { code: `U+${code.padStart(4, "0")}` });
  }
}

/** Turns YAML nodes into plain data, remembering places and refusing what plain data cannot be. */
class Walk {
  readonly #keys = new Map<string, Place>();
  readonly #values = new Map<string, Place>();
  readonly #open = new Set<YamlNode>();
  #nodes = 0;

  readonly source: SourceText;
  readonly yaml: YamlDocument;
  readonly log: DiagnosticLog;

  constructor(source: SourceText, yaml: YamlDocument, log: DiagnosticLog) {
    this.source = source;
    this.yaml = yaml;
    this.log = log;
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
    if (node === null) return null;
    this.#values.set(pointer, this.#place(node));
    if (++this.#nodes > 500_000 || depth > maxDepth) {
      this.#refuse(node, "nesting this deep or aliases this many", "flatten it.");
      return null;
    }
    if (isAlias(node)) return this.#alias(node, pointer, depth);
    if (
      node.tag !== undefined &&
      !/^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/.test(node.tag)
    ) {
      this.#refuse(node, "tags", "write the plain value.");
      return null;
    }
    if (isScalar(node)) return this.#scalar(node);
    if (this.#open.has(node)) {
      this.#refuse(node, "an alias inside of what it names", "write the value out.");
      return null;
    }
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
        this.#refuse(keyNode, "keys that are not plain text", "write the key as text.");
        continue;
      }
      const place = this.#place(keyNode);
      if (keyNode.value === "<<" && keyNode.type === Scalar.PLAIN) {
        this.#refuse(
          keyNode,
          "merge keys (<<)",
          "repeat the lines, or name the thing once and refer to it.",
        );
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

  #alias(node: YamlNode & { source?: string }, pointer: string, depth: number): unknown {
    const target = isAlias(node) ? node.resolve(this.yaml) : undefined;
    if (target === undefined) {
      this.#refuse(node, "an alias without its anchor", "write the value out.");
      return null;
    }
    return this.read(target, pointer, depth + 1);
  }

  #scalar(node: Scalar): unknown {
    const { value, source = "" } = node;
    if (typeof value === "number" && String(value) !== source) {
      this.log.report("yaml/number-changed", this.#place(node), {
        written: source,
        read: String(value),
      });
    }
    return value;
  }

  #refuse(node: YamlNode, what: string, instead: string): void {
    this.log.report("yaml/unsupported", this.#place(node), { what, instead });
  }

  #place(node: YamlNode): Place {
    const [start, end] = node.range ?? [0, 0, 0];
    return { source: this.source, start, end };
  }
}

function wholeFile(path: string): Place {
  return { source: { file: shown(path), text: "" }, start: 0, end: 0 };
}

function shown(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/");
}

function why(error: unknown): string {
  return error instanceof Error ? error.message.split(",")[0]! : String(error);
}
