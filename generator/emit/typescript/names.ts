/**
 * Every name that the TypeScript package has, decided in one table. Two names that clash, and a name that TypeScript or a
 * file system does not allow, are diagnostics, never a suffix.
 */
import type { DiagnosticLog, Place } from "../../diagnostics/log.js";
import { pascal } from "../../model/names.js";
import type { Channel, Shape } from "../../model/channel.js";
import type { Entry } from "../../model/entry.js";
import { propertyOf } from "../../recognise/properties.js";
import type { Api, Catalog } from "../../sections/catalog.js";
import { families } from "../../sections/families/index.js";
import { adapters } from "../adapters.js";
import { problemTypesOf } from "../problem-types.js";
import { resolveSets, type ValueSet } from "./sets.js";

/** The names of one API's modules. */
export interface ApiNames {
  readonly prefix: string;
  /** The union of entry ids. */
  readonly id: string;
  readonly words: string;
  /** The words of an entry that is from a folder that APIs extend, and that folder. */
  readonly shared: ReadonlyMap<Entry, { readonly base: string; readonly words: string }>;
  /** The failures by id, and the examples. */
  readonly failures: string;
  readonly fixtures: string;
  readonly retry: string;
  readonly budgets: string;
  readonly limits: string;
  readonly deadlines: string;
  readonly idempotency: string;
  readonly breakers: string;
  readonly writes: string;
  readonly gate: string;
  readonly operations: string;
  /** The union of operations, and the function that advises on them. */
  readonly operation: string;
  readonly advise: string;
  /** The union of ids and the table of each family, by its key. */
  readonly ids: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, string>>;
  readonly channels: ReadonlyMap<Channel, ChannelNames>;
  readonly shapes: ReadonlyMap<Shape, ShapeNames>;
  /** The guards of failures. */
  readonly guards: ReadonlyMap<Entry, string>;
  /** Tags, severities and categories of the API's own: the union, the table by it, and the guard. */
  readonly groups: Readonly<Record<"tags" | "severities" | "categories", GroupNames>>;
  /** The problem types; `null` where no manifest asks for them, or nothing comes over HTTP. */
  readonly problems: { readonly type: string; readonly table: string } | null;
  /** The wire values worth an enumeration, one set a kind. */
  readonly sets: readonly ValueSet[];
}

export interface GroupNames {
  readonly type: string;
  readonly table: string;
  readonly guard: string;
}

/** What is generated to read a channel. */
export interface ChannelNames {
  readonly decode: string;
  readonly failure: string;
  readonly reply: string;
  readonly data: string;
}

export interface ShapeNames {
  readonly type: string;
  readonly guard: string;
  readonly data: string;
}

/** The names of every API, by its id. */
export type Names = ReadonlyMap<string, ApiNames>;

export function nameCatalog(catalog: Catalog, log: DiagnosticLog): Names {
  const { apis } = catalog;
  // Where an API that others extend has entries, too, it shares them.
  const bases = new Map(apis.flatMap((api) => [...api.bases]));
  return new Map(apis.map((api) => [api.id, nameApi(api, catalog, bases, log)]));
}

/** Names that the package or a file system keeps for itself. */
const taken = new Set([
  ...Object.keys(adapters),
  ..."runtime index schemas docs dist src con prn aux nul".split(" "),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((i) => [`com${i}`, `lpt${i}`]),
]);

function nameApi(api: Api, catalog: Catalog, bases: Api["bases"], log: DiagnosticLog): ApiNames {
  for (const name of [api.id, ...new Set(api.bases.values())])
    if (taken.has(name))
      log.report("name/reserved", name === api.id ? api.folder : api.place, {
        name,
        why: "it is reserved by the generated package or by file systems",
      });
  const prefix = prefixOf(api, log);
  const scope = new NameScope(log);
  const common = commonNames(prefix, (name) => scope.take(name, api.place));
  const shapes = new Map(api.shapes.map((shape) => [shape, nameShape(shape, prefix, scope)]));
  const plain = api.channels.filter(({ kind }) => kind === "http");
  const channels = new Map(
    api.channels.map((channel) => {
      // The responses of an API are what its plain names stand for.
      const suffix = plain.length === 1 && plain[0] === channel ? "" : pascal(channel.name);
      return [channel, nameChannel(channel, prefix + suffix, scope)];
    }),
  );
  const guards = new Map(
    api.entries
      .filter(({ success }) => !success)
      .map((entry) => [entry, scope.take(`is${prefix}${pascal(entry.name)}`, entry.place)]),
  );
  for (const entry of api.entries) checkProperties(entry, log);
  const words = new Map(
    api.living.flatMap((entry) => {
      const base = bases.get(entry.place.source);
      const name = `words${pascal(entry.name)}`;
      return base === undefined ? [] : [[entry, { base, words: scope.take(name, entry.place) }]];
    }),
  );
  const sets = resolveSets(api, prefix, scope);
  const hasProblems = catalog.targets.includes("problems") && problemTypesOf(api, catalog).size > 0;
  const problems = hasProblems ? problemNames(prefix, api, scope) : null;
  return { ...common, channels, shapes, guards, shared: words, problems, sets };
}

function commonNames(
  prefix: string,
  take: (name: string) => string,
): Omit<ApiNames, "shared" | "channels" | "shapes" | "guards" | "problems" | "sets"> {
  const lower = camel(prefix);
  const groupNames = (one: string, many: string, having: string): GroupNames => ({
    type: take(`${prefix}${one}`),
    table: take(`${lower}${many}`),
    guard: take(`is${prefix}${having}`),
  });
  const byFamily = (name: (singular: string, key: string) => string): Record<string, string> =>
    Object.fromEntries(
      families.map(({ family }) => [family.key, name(family.singular, family.key)]),
    );
  return {
    prefix,
    id: take(`${prefix}Id`),
    words: take(`${lower}Words`),
    failures: take(`${prefix}Failures`),
    fixtures: take(`${lower}Fixtures`),
    retry: take(`${lower}Retry`),
    budgets: take(`${lower}Budgets`),
    limits: take(`${lower}Limits`),
    deadlines: take(`${lower}Deadlines`),
    idempotency: take(`${lower}Idempotency`),
    breakers: take(`${lower}Breakers`),
    writes: take(`${lower}Writes`),
    gate: take(`${lower}Gate`),
    operations: take(`${lower}Operations`),
    operation: take(`${prefix}Operation`),
    groups: {
      tags: groupNames("Tag", "Tags", "Tagged"),
      severities: groupNames("Severity", "Severities", "OfSeverity"),
      categories: groupNames("Category", "Categories", "OfCategory"),
    },
    advise: take(`advise${prefix}`),
    ids: byFamily((singular) => take(`${prefix}${pascal(singular)}Id`)),
    tables: byFamily((_, key) => take(`${lower}${pascal(key)}`)),
  };
}

/** The prefix of every name of an API, or one that will do where that cannot be. */
function prefixOf({ id, prefix, place }: Api, log: DiagnosticLog): string {
  const wanted = prefix ?? pascal(id);
  if (/^[A-Z]/.test(wanted)) return wanted;
  log.report("name/reserved", place, {
    name: wanted,
    why: "a name cannot begin with a digit",
    instead: "add a prefix: to the api section, such as Shop.",
  });
  return "Api";
}

function problemNames(prefix: string, { place }: Api, scope: NameScope): ApiNames["problems"] {
  return {
    type: scope.take(`${prefix}Problem`, place),
    table: scope.take(`${camel(prefix)}Problems`, place),
  };
}

function nameShape({ name, place }: Shape, prefix: string, scope: NameScope): ShapeNames {
  const type = scope.take(`${prefix}${pascal(name)}Body`, place);
  return { type, guard: scope.take(`is${type}`, place), data: `${camel(type)}Shape` };
}

function nameChannel({ place }: Channel, name: string, scope: NameScope): ChannelNames {
  return {
    decode: scope.take(`decode${name}`, place),
    failure: scope.take(`${name}Failure`, place),
    reply: scope.take(`${name}Reply`, place),
    data: `${camel(name)}Channel`,
  };
}

/** A field of the body and a placeholder of a message become properties of one object. */
function checkProperties({ match, fields }: Entry, log: DiagnosticLog): void {
  const placeholders = new Map(
    match.messages.flatMap(({ parts, place }) =>
      parts.flatMap((part) =>
        typeof part === "string" ? [] : [[propertyOf(part[0], part[1]), place]],
      ),
    ) as [string, Place][],
  );
  for (const { name, type, place } of fields) {
    const property = propertyOf(name, type);
    const other = placeholders.get(property);
    if (other !== undefined)
      log.report("name/collision", place, { name: property }, [
        { place: other, note: "the message with a placeholder of this name" },
      ]);
  }
}

/** `ShopStatus` as `shopStatus`; a run of capitals at the start goes down as a whole word. */
function camel(name: string): string {
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (c) => c.toLowerCase());
}

/** The names of one scope, such as a module's exports or an enum's members. */
export class NameScope {
  readonly #used = new Map<string, Place>();
  /** What was reported: several names are made from one in the YAML, and one diagnostic is enough. */
  readonly #reported: Set<Place>;
  readonly #log: DiagnosticLog;

  constructor(log: DiagnosticLog, reported = new Set<Place>()) {
    this.#log = log;
    this.#reported = reported;
  }

  /** Another scope of the same API. */
  inner(): NameScope {
    return new NameScope(this.#log, this.#reported);
  }

  /** Takes a name, or reports why it cannot be. Two names that differ by case only are one file or one typing slip. */
  take(name: string, place: Place): string {
    const key = name.toLowerCase();
    const first = this.#used.get(key);
    if (first === undefined) this.#used.set(key, place);
    if (this.#reported.has(place)) return name;
    const count = this.#log.count;
    if (!/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name))
      this.#log.report("name/reserved", place, { name, why: "a name cannot begin with a digit" });
    else if (first !== undefined)
      this.#log.report("name/collision", place, { name }, [{ place: first, note: "first here" }]);
    if (this.#log.count > count) this.#reported.add(place);
    return name;
  }
}
