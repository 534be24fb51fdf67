/** What a target is: one kind of output, which decides its own names and turns the model into files. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { Channel, Shape } from "../model/channel.js";
import type { Entry } from "../model/entry.js";
import type { OutputFile } from "../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../recognise/recognise.js";
import type { Api, Catalog } from "../sections/catalog.js";

/** What a target calls the things that docs and catalog.json speak of. */
export interface Symbols {
  prefix(api: Api): string;
  advise(api: Api): string;
  /** The constants for sessions: of the gate, and of the writes. */
  session(api: Api): { readonly gate: string; readonly writes: string };
  /** The guard of a failure; `null` for a success. */
  guard(api: Api, entry: Entry): string | null;
  shape(api: Api, shape: Shape): { readonly type: string; readonly guard: string };
  channel(
    api: Api,
    channel: Channel,
  ): {
    readonly decode: string;
    readonly failure: string;
    readonly reply: string;
    readonly data: string;
  };
}

/** What a target is given to emit. */
export interface Emission {
  readonly catalog: RecognisedCatalog;
  /** The APIs whose own files are wanted; those of the others are as they were. */
  readonly stale: readonly RecognisedApi[];
  /** The names of the first target that has any, for those that print them. */
  readonly symbols: Symbols;
  /** The text of a file of the runtime that ships, such as `decode.ts`. */
  readonly runtime: ReadonlyMap<string, string>;
  /** The path of the manifest from the output folder. */
  readonly manifest: string;
  /** What npm packs of all targets. */
  readonly packed: readonly string[];
}

/** A target whose names are decided. */
export interface Plan {
  readonly name: string;
  readonly packed: readonly string[];
  readonly symbols: Symbols | null;
  /** One file after the other, so that no more than one has to be in memory. */
  emit(emission: Emission): Promise<Iterable<OutputFile>>;
  /** What is built from a file and may be left out of version control. */
  build(file: OutputFile): Promise<Iterable<OutputFile>>;
}

export interface Target {
  readonly name: string;
  /** Whether it is part of a source tree, and not of a package only. */
  readonly isSource: boolean;
  /** Whether a manifest has to ask for it, by its name. */
  readonly isOptional: boolean;
  plan(catalog: Catalog, log: DiagnosticLog): Plan;
}

interface Parts<Names> {
  readonly name: string;
  readonly isSource?: true;
  readonly isOptional?: true;
  /** The files and folders that npm packs, from the root of the package. */
  readonly packed: readonly string[];
  /** Decides every name; what cannot be a name, or is one already, is reported. */
  names(catalog: Catalog, log: DiagnosticLog): Names;
  symbols?(names: Names): Symbols;
  /** Loads what it prints with when it is called: a catalog with errors should hear so at once. */
  emit(emission: Emission, names: Names): Files;
  build?(file: OutputFile): Files;
}

type Files = Iterable<OutputFile> | Promise<Iterable<OutputFile>>;

export function defineTarget<Names>(parts: Parts<Names>): Target {
  return {
    name: parts.name,
    isSource: parts.isSource ?? false,
    isOptional: parts.isOptional ?? false,
    plan: (catalog, log) => {
      const names = parts.names(catalog, log);
      return {
        name: parts.name,
        packed: parts.packed,
        symbols: parts.symbols?.(names) ?? null,
        emit: async (emission) => parts.emit(emission, names),
        build: async (file) => parts.build?.(file) ?? [],
      };
    },
  };
}

/** The files of each API that is wanted. They may depend on nothing but that API, what it extends, and the manifest. */
export function* perApi(
  { stale }: Pick<Emission, "stale">,
  emit: (api: RecognisedApi) => Iterable<OutputFile>,
): Iterable<OutputFile> {
  for (const api of stale)
    for (const file of emit(api)) yield { origin: origin(api), api: api.id, ...file };
}

/** Which YAML a file of one API comes from, for its mark. */
export function origin({ id }: Pick<RecognisedApi, "id">): string {
  return `the catalog's folder ${id}/`;
}
