/** How facts are known: citations, and the leaves that are inferred, chosen or not documented. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
import type { Citation, Leaf, Source, Trace, Traced } from "../model/trace.js";
import { nearest } from "../diagnostics/nearest.js";
import { type Item, refer } from "./item.js";
import type { Taken, TracedSyntax } from "./section.js";

/** Keys that hold words or bookkeeping, not facts of the vendor's. */
const words = new Set(
  "summary title remedy name category actor success overrides channel since deprecated removed examples verdict kind optional prefix codes".split(
    " ",
  ),
);
const bookkeeping = new Set([
  ...["cite", "inferred", "policy", "undocumented", "questions"],
  "extends",
]);

/** The first fact that a node states without saying how it is known; it then takes a citation. */
export function bareFact(value: object, isKnown: (leaf: string) => boolean): string | undefined {
  return Object.keys(value).find(
    (key) => !bookkeeping.has(key) && !words.has(key) && !isKnown(key),
  );
}

export class Tracer {
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #log: DiagnosticLog;

  constructor(sources: ReadonlyMap<string, Source>, log: DiagnosticLog) {
    this.#sources = sources;
    this.#log = log;
  }

  /** Name, place and trace of a node, of which `known` are the leaves that may be traced besides those it has. */
  trace(
    item: Item<TracedSyntax>,
    known: readonly string[],
    taken: Taken = { leaves: [], cites: [] },
  ): Pick<Traced, keyof Traced> {
    const { name, value, place } = item;
    const present = presentLeaves(value);
    const leaves: Leaf[] = [];
    const add = (path: string, how: Leaf["known"], reason: string | null, place: Place): void => {
      const other = leaves.find((leaf) => leaf.path === path);
      if (!present.has(path) && !known.includes(path)) {
        const traceable = [...new Set([...known, ...present])];
        this.#log.report("trace/unknown-leaf", place, {
          leaf: path,
          near: nearest(path, traceable),
          known: traceable.filter((name) => !name.includes(".")),
        });
      } else if (other !== undefined) {
        const { known: one, place: first } = other;
        this.#log.report("trace/contradiction", place, { leaf: path, one, other: how }, [
          { place: first, note: "first here" },
        ]);
      } else if (how === "undocumented" && present.has(path)) {
        this.#log.report("trace/undocumented-value", place, { leaf: path });
      } else {
        leaves.push({ path, known: how, reason, place });
      }
    };
    for (const how of ["inferred", "policy"] as const)
      for (const [path, reason] of Object.entries(value[how] ?? {}))
        add(path, how, reason, item.key(how, path));
    value.undocumented?.forEach((path, i) =>
      add(path, "undocumented", null, item.at("undocumented", i)),
    );

    const own = this.cites(value.cite, (i) => item.at("cite", ...i));
    const cites = own.length === 0 ? taken.cites : own;
    if (cites.length === 0 && this.#sources.size > 0) {
      const uncited = bareFact(value, (key) => leaves.some(({ path }) => path === key));
      if (uncited !== undefined)
        this.#log.report("trace/uncited", item.key(uncited), { leaf: uncited });
    }
    leaves.push(...taken.leaves);
    leaves.sort((a, b) => compare(a.path, b.path));
    const trace: Trace = { cites, leaves, questions: value.questions ?? [] };
    return { name, place, trace };
  }

  /** `errors#rate-limiting` as a source and its heading. */
  cites(
    cite: string | readonly string[] | undefined,
    at: (path: readonly number[]) => Place,
  ): readonly Citation[] {
    const single = typeof cite === "string";
    const list = cite === undefined ? [] : single ? [cite] : cite;
    return list.flatMap((citation, i) => {
      const [name = "", heading] = citation.split("#");
      const source = refer(this.#sources, name, "source", at(single ? [] : [i]), this.#log);
      return source === null ? [] : [{ source, heading: heading ?? null }];
    });
  }
}

/** Keys that hold several facts, each of which may be known in another way. */
const parted = new Set(["lookup", "cancel"]);

/** The dotted paths of the facts in a node: its keys, their parts where they have any, and the sources of a delay. */
function presentLeaves(value: object): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const [key, child] of Object.entries(value)) {
    if (bookkeeping.has(key)) continue;
    paths.add(key);
    if (key === "delay" && Array.isArray(child))
      for (const source of child as object[])
        for (const kind of Object.keys(source)) paths.add(`delay.${kind}`);
    if (parted.has(key) && typeof child === "object" && child !== null)
      for (const part of Object.keys(child as object)) paths.add(`${key}.${part}`);
    if (key === "fields" && child !== null && typeof child === "object")
      for (const [name, field] of Object.entries(child as Record<string, unknown>)) {
        paths.add(`fields.${name}`);
        if (field !== null && typeof field === "object" && !Array.isArray(field))
          for (const part of Object.keys(field)) paths.add(`fields.${name}.${part}`);
      }
  }
  return paths;
}
