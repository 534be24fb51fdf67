/** YAML nodes to plain data that remembers its places; what plain data cannot be is refused. */
import {
  type Alias,
  type Document as YamlDocument,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node as YamlNode,
  Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import type { DiagnosticLog, Place, SourceText } from "../diagnostics/log.js";
import { escapeStep } from "../match/pointer.js";

export const maxDepth = 64;
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

export const tags = { what: "tags", instead: "write the value without a tag." };
export const tooDeep = { what: `more than ${maxDepth} levels of nesting`, instead: "flatten it." };
const tooMany = {
  what: `more than ${maxNodes} values in a file, with aliases expanded`,
  instead: "split the file, or use fewer aliases.",
};

/** Turns YAML nodes into plain data, remembering places and refusing what plain data cannot be. */
export class Walk {
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
        ? this.#map(node, pointer, depth)
        : null;
    this.#open.delete(node);
    return value;
  }

  #map({ items: pairs, flow = false }: YAMLMap, pointer: string, depth: number): unknown {
    const value = Object.create(null) as Record<string, unknown>;
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
          instead: "repeat the lines, or define it once and refer to it by name.",
        });
        continue;
      }
      // `{ a: }` has an empty value; without the colon there is none, and what was meant is not to be known.
      if (flow && pair.value === null) {
        this.log.report("yaml/valueless-key", place, { key: keyNode.source ?? "" });
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
        help: "if this is text, put it in double quotes.",
      });
      return null;
    }
    if (this.#open.has(target)) {
      const what = "an alias inside the value it refers to";
      return this.#refuse(node, { what, instead: "write out the value." });
    }
    const outer = this.#alias;
    this.#alias ??= node;
    const value = this.read(target, pointer, depth);
    this.#alias = outer;
    return value;
  }

  #scalar(node: Scalar): unknown {
    const { value, source = "" } = node;
    if (typeof value === "string" && /\p{Surrogate}/u.test(value))
      return this.#refuse(node, {
        what: "half a surrogate pair, which UTF-8 cannot encode",
        instead: "write the whole character.",
      });
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
