/** Checked documents become the model: references, names and order are decided here and nowhere else. */
import { compare, type DiagnosticLog, type Place } from "../diagnostics/log.js";
import type { Api, Catalog, Entry, Shape } from "../model/model.js";
import { camel, checkFolder, checkPrefix, Names, pascal, title } from "../model/names.js";
import { type EntryDraft, entryName, linkEntry, orderEntries, resolveEntry } from "./entries.js";
import type { EntryContext } from "./features.js";
import { builtInRules, resolveBudget, resolveRetry, resolveTransport } from "./retry.js";
import {
  resolveBreaker,
  resolveDeadline,
  resolveIdempotency,
  resolveLimit,
  resolveMode,
  resolveOperations,
} from "./rules.js";
import { resolveChannels } from "./channels.js";
import { gather, type Item, itemAt, refer } from "./sections.js";
import { resolveSets } from "./sets.js";
import { resolveShape } from "./shapes.js";
import { Tracer } from "./trace.js";
import { Family } from "../runtime/vocabulary.js";
import type { ApiSyntax, ManifestSyntax, Section, SectionsSyntax } from "../read/syntax.js";
import { type Checked, knownLeaves } from "../read/validate.js";

/** One API's folder as read. */
export interface Folder {
  readonly name: string;
  /** Where the manifest lists it. */
  readonly place: Place;
  readonly documents: readonly Checked<SectionsSyntax>[];
}

export function resolve(
  manifest: Checked<ManifestSyntax>,
  folders: readonly Folder[],
  log: DiagnosticLog,
): Catalog {
  const { value } = manifest;
  const { emit = "package", enums = "const", imports = "js" } = value.options ?? {};
  if (emit === "package" && imports !== "js")
    log.report("manifest/imports", manifest.place("/options/imports"), { imports });
  return {
    package: { ...value.package, license: value.package.license ?? null },
    output: { path: value.output, place: manifest.place("/output") },
    enums,
    emit,
    imports,
    apis: folders.map((folder) => {
      const first = folders.find(({ name }) => name === folder.name)!;
      if (first !== folder)
        log.report("id/duplicate", folder.place, { what: "APIs", id: folder.name }, [
          { place: first.place, note: "first here" },
        ]);
      return resolveApi(folder, log);
    }),
  };
}

function resolveApi({ name: id, place, documents }: Folder, log: DiagnosticLog): Api {
  checkFolder(id, place, log);
  const about = resolveAbout(id, documents, place, log);
  const prefix = checkPrefix(about.prefix ?? pascal(id), about.place, log);
  const exports = new Names(log);
  const names = resolveNames(prefix, exports, about.place);
  const section = <K extends Section>(name: K) => gather(documents, name, log);

  const sources = mapItems(section("sources"), ({ name, place, value }) => ({
    name,
    place,
    ...value,
    sha256: value.sha256 ?? null,
  }));
  const tracer = new Tracer(sources, log);
  const shapes: ReadonlyMap<string, Shape> = mapItems(section("shapes"), (item) =>
    resolveShape(item, prefix, exports, tracer, knownLeaves("shapes"), log),
  );
  const channels = resolveChannels(section("channels"), prefix, exports, shapes, tracer, log);
  const keyItems = section("idempotency");
  const keys = mapItems(keyItems, (item) =>
    resolveIdempotency(item, tracer, knownLeaves("idempotency"), log),
  );
  const operations = resolveOperations(
    section("operations"),
    keys,
    tracer,
    knownLeaves("operations"),
    log,
  );
  const deadlines = mapItems(section("deadlines"), (item) =>
    resolveDeadline(item, tracer, knownLeaves("deadlines")),
  );
  const budgets = mapItems(section("budgets"), (item) =>
    resolveBudget(item, tracer, knownLeaves("budgets")),
  );
  const retryItems = section("retry");
  const builtIn = builtInRules(about.place);
  for (const { name } of builtIn) {
    const own = retryItems.get(name);
    if (own !== undefined)
      log.report("name/reserved", own.place, {
        name,
        why: "every API has a rule of that name",
      });
  }
  const retry = new Map([
    ...mapItems(retryItems, (item) =>
      resolveRetry(item, operations, deadlines, budgets, tracer, knownLeaves("retry"), log),
    ),
    ...builtIn.map((rule) => [rule.name, rule] as const),
  ]);

  const transport = resolved(section("transport"), (item) =>
    resolveTransport(item, retry, tracer, knownLeaves("transport"), log),
  ).filter((node) => node !== null);

  /** `null` for an entry that was reported. */
  const drafts = new Map<string, EntryDraft | null>();
  const taken = new Map<string, Place>();
  const context: EntryContext = {
    api: id,
    prefix,
    exports,
    codes: about.codes ?? null,
    channels,
    shapes,
    retry,
    tracer,
    leaves: entryLeaves,
    // Without its api section an API says nothing of its codes.
    lacking: new Set(about.given ? [] : ["codes"]),
    log,
  };
  for (const family of Object.values(Family)) {
    for (const item of section(family).values()) {
      const name = entryName(family, item, log);
      const first = taken.get(name);
      if (first !== undefined) {
        log.report("id/duplicate", item.place, { what: "entries", id: name }, [
          { place: first, note: "first here" },
        ]);
        continue;
      }
      taken.set(name, item.place);
      drafts.set(name, resolveEntry(family, name, item, context));
    }
  }
  if (taken.size === 0 && documents.length > 0) log.report("catalog/empty", place, { api: id });
  const found = [...drafts.values()].filter((draft) => draft !== null);
  for (const draft of found) linkEntry(draft, drafts, log);
  const answer = (item: Item<{ answer?: string }>): Entry | null =>
    item.value.answer === undefined
      ? null
      : refer(drafts, item.value.answer, "entry", item.at("answer"), log);
  for (const [name, item] of keyItems) keys.get(name)!.answer = answer(item);

  const entries = found.sort(orderEntries);
  return {
    id,
    title: about.title,
    summary: about.summary,
    names,
    codes: about.codes ?? null,
    servers: about.servers ?? [],
    credentials: about.credentials ?? [],
    trace: tracer.trace(about.item, []),
    sources: [...sources.values()],
    channels: [...channels.values()].filter((channel) => channel !== null),
    operations: [...operations.values()],
    shapes: [...shapes.values()],
    entries,
    sets: resolveSets(entries, about.title, prefix, exports, about.place),
    retry: [...retry.values()].sort((a, b) => compare(a.name, b.name)),
    transport,
    budgets: [...budgets.values()],
    limits: resolved(section("limits"), (i) =>
      resolveLimit(i, answer(i), tracer, knownLeaves("limits")),
    ),
    idempotency: [...keys.values()],
    deadlines: [...deadlines.values()],
    breakers: resolved(section("breakers"), (i) =>
      resolveBreaker(i, answer(i), tracer, knownLeaves("breakers")),
    ),
    modes: resolved(section("modes"), (i) =>
      resolveMode(i, answer(i), tracer, knownLeaves("modes")),
    ),
    holes: resolved(section("holes"), (item) => ({
      name: item.name,
      place: item.place,
      promised: item.value.promised,
      found: item.value.found,
      cites: tracer.cites(item.value.cite, (path) => item.at("cite", ...path)),
      questions: item.value.questions ?? [],
    })),
    conflicts: resolved(section("conflicts"), (item) => ({
      name: item.name,
      place: item.place,
      about: item.value.about,
      between: item.value.between.map(({ says, cite }, i) => ({
        says,
        cites: tracer.cites(cite, (path) => item.at("between", i, "cite", ...path)),
      })),
      reading: item.value.reading,
      questions: item.value.questions ?? [],
    })),
    place,
  };
}

/** What may be said of an entry's facts besides the keys that it has. */
const entryLeaves: readonly string[] = [
  ...["outcome", "actor", "remedy", "status", "code", "message", "shape", "retry", "examples"],
  ...["body", "headers", "cause"],
  ...knownLeaves("retry").map((leaf) => `retry.${leaf}`),
];

function resolveAbout(
  id: string,
  documents: readonly Checked<SectionsSyntax>[],
  place: Place,
  log: DiagnosticLog,
): ApiSyntax & { readonly place: Place; readonly given: boolean; readonly item: Item<ApiSyntax> } {
  const given = documents.filter((document) => document.value.api !== undefined);
  const [first, second] = given;
  if (first !== undefined && second !== undefined)
    log.report("id/duplicate", second.keyPlace("/api"), { what: "api sections of the API", id }, [
      { place: first.keyPlace("/api"), note: "first here" },
    ]);
  if (first === undefined) {
    if (documents.length > 0)
      log.report("syntax/missing-key", place, {
        key: "api",
        where: `One of the files of ${id}`,
      });
    const value = { title: title(id), summary: title(id) };
    const item = { name: id, value, place, at: () => place, key: () => place };
    return { ...value, place, given: false, item };
  }
  const [value, name] = [first.value.api!, first.keyPlace("/api")];
  const item = { ...itemAt(first, "/api"), name: id, value, place: name };
  return { ...value, place: name, given: true, item };
}

function resolveNames(prefix: string, exports: Names, place: Place): Api["names"] {
  const lower = camel(prefix);
  const take = (name: string): string => exports.take(name, place);
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
    operations: take(`${lower}Operations`),
    operation: take(`${prefix}Operation`),
    advise: take(`advise${prefix}`),
    ids: {
      statuses: take(`${prefix}StatusId`),
      errors: take(`${prefix}ErrorId`),
      declines: take(`${prefix}DeclineId`),
      sockets: take(`${prefix}SocketId`),
    },
    tables: {
      statuses: take(`${lower}Statuses`),
      errors: take(`${lower}Errors`),
      declines: take(`${lower}Declines`),
      sockets: take(`${lower}Sockets`),
    },
  };
}

function mapItems<T, R>(
  items: ReadonlyMap<string, Item<T>>,
  resolve: (item: Item<T>) => R,
): ReadonlyMap<string, R> {
  return new Map([...items].map(([name, item]) => [name, resolve(item)]));
}

function resolved<T, R>(
  items: ReadonlyMap<string, Item<T>>,
  resolve: (item: Item<T>) => R,
): readonly R[] {
  return [...mapItems(items, resolve).values()];
}
