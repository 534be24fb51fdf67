/**
 * The resolved model: what rules judge and emitters print. Types only, all readonly. References are objects, names and
 * order are decided, and every node keeps its place in the YAML.
 */
import type { Place } from "../diagnostics/log.js";
import type { Test } from "../runtime/conditions.js";
import type { Shape as ShapeData } from "../runtime/shape.js";
import type { Part } from "../runtime/template.js";
import type {
  Actor,
  Category,
  Family,
  IdempotencyKey,
  Outcome,
  RetryRule as RetryData,
  Transport as TransportKind,
} from "../runtime/vocabulary.js";

export interface Catalog {
  readonly package: {
    readonly name: string;
    readonly version: string;
    readonly description: string;
    readonly license: string | null;
  };
  /** The folder to write, as the manifest has it, and its place there. */
  readonly output: { readonly path: string; readonly place: Place };
  readonly enums: "const" | "enum";
  readonly emit: "package" | "source";
  /** How the relative imports of generated files end. */
  readonly imports: "js" | "ts" | "none";
  readonly apis: readonly Api[];
}

export interface Api {
  /** The folder's name, such as `6mm`. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly names: ApiNames;
  readonly codes: "integer" | "string" | null;
  readonly servers: readonly string[];
  /** The headers that say who sends a request. */
  readonly credentials: readonly string[];
  readonly trace: Trace;
  readonly sources: readonly Source[];
  readonly channels: readonly Channel[];
  readonly operations: readonly Operation[];
  readonly shapes: readonly Shape[];
  /** By family, then by status, code or name. */
  readonly entries: readonly Entry[];
  /** The wire values worth an enum, one set a kind. */
  readonly sets: readonly ValueSet[];
  readonly retry: readonly RetryRule[];
  readonly transport: readonly Transport[];
  readonly budgets: readonly Budget[];
  readonly limits: readonly Limit[];
  readonly idempotency: readonly Idempotency[];
  readonly deadlines: readonly Deadline[];
  readonly breakers: readonly Breaker[];
  readonly modes: readonly Mode[];
  readonly holes: readonly Hole[];
  readonly conflicts: readonly Conflict[];
  readonly place: Place;
}

/** Every name exported for one API that is not a set's or a shape's. */
export interface ApiNames {
  readonly prefix: string;
  /** The union of entry ids. */
  readonly id: string;
  readonly words: string;
  /** The failures by id, and the examples. */
  readonly failures: string;
  readonly fixtures: string;
  readonly retry: string;
  readonly budgets: string;
  readonly limits: string;
  readonly deadlines: string;
  readonly idempotency: string;
  readonly breakers: string;
  readonly operations: string;
  /** The union of operations, and the function that advises on them. */
  readonly operation: string;
  readonly advise: string;
  /** The union of ids of each family. */
  readonly ids: Readonly<Record<Family, string>>;
  /** Entry tables by family. */
  readonly tables: Readonly<Record<Family, string>>;
}

/** How the facts of a node are known. A leaf that is not listed is documented at `cites`. */
export interface Trace {
  readonly cites: readonly Citation[];
  readonly leaves: readonly Leaf[];
  readonly questions: readonly string[];
}

export interface Citation {
  readonly source: Source;
  /** The heading, or `null` for the document as a whole. */
  readonly heading: string | null;
}

/** One leaf, as a dotted path, and how it is known. */
export interface Leaf {
  readonly path: string;
  readonly known: "inferred" | "policy" | "undocumented";
  readonly reason: string | null;
  readonly place: Place;
}

export interface Named {
  readonly name: string;
  readonly place: Place;
}

export interface Traced extends Named {
  readonly trace: Trace;
}

export interface Source extends Named {
  readonly title: string;
  readonly url: string;
  /** The day it was read, YYYY-MM-DD. */
  readonly read: string;
  readonly sha256: string | null;
}

export interface Channel extends Traced {
  readonly kind: "http" | "socket" | "items";
  /** On an item channel, where its items are. */
  readonly within: Channel | null;
  readonly items: readonly string[];
  readonly accepted: string | null;
  /** What marks an item as taken; empty where a list of its own says so. */
  readonly taken: readonly Condition[];
  /** What tells the items apart; `null` where nothing does. */
  readonly key: Key | "position" | null;
  /** Where an item lists what was carried out of it. */
  readonly partial: string | null;
  /** Tried in order. */
  readonly code: readonly Location[];
  readonly message: readonly Location[];
  /** The shape that its bodies usually have. */
  readonly shape: Shape | null;
  /** What makes a body a success, and what a failure. */
  readonly success: readonly Condition[];
  readonly failure: readonly Condition[];
  /** Where a body has several errors, and an error its causes. */
  readonly errors: string | null;
  readonly causes: string | null;
  /** Where a frame says which request it answers. */
  readonly replyTo: string | null;
  readonly summary: string | null;
  /** What is generated to read it. */
  readonly names: {
    readonly decode: string;
    readonly failure: string;
    readonly reply: string;
    readonly data: string;
  };
}

/** Where a value stands: in the body, as a JSON pointer, or in a header; and which part of it, under which condition. */
export interface Location {
  readonly at: string | null;
  readonly header: string | null;
  readonly after: string | null;
  readonly before: string | null;
  readonly when: readonly Condition[];
}

/** What has to stand at a JSON pointer of the body, or in a header. */
export interface Condition {
  readonly at: string | null;
  readonly header: string | null;
  readonly test: Test;
}

/** What identifies an item of a batch. */
export interface Key {
  readonly at: readonly string[];
  readonly type: "uuid" | "index" | null;
}

export interface Operation extends Traced {
  /** `null` where the document does not give it. */
  readonly method: string | null;
  readonly path: string | null;
  readonly kind: "read" | "write";
  readonly items: string | null;
  readonly idempotency: Idempotency | null;
  readonly lookup: Operation | null;
  /** Whether a signature is refused the second time. */
  readonly replayChecked: boolean;
  readonly summary: string;
}

export interface Shape extends Traced {
  readonly title: string;
  readonly summary: string;
  readonly names: {
    readonly type: string;
    readonly guard: string;
    readonly data: string;
  };
  readonly root: ShapeData;
  readonly examples: readonly unknown[];
}

export interface Entry extends Traced {
  readonly family: Family;
  /** `<api>.<name>` */
  readonly id: string;
  /** The name of its guard; `null` on a success. */
  readonly guard: string | null;
  /** Its anchor in the docs. */
  readonly anchor: string;
  readonly title: string;
  readonly match: Match;
  readonly success: boolean;
  /** `null` on a success, as are `actor` and `retry`. */
  readonly category: Category | null;
  readonly actor: Actor | null;
  readonly outcome: Outcome;
  readonly retry: RetryRule | null;
  readonly ifPriorUnknown: {
    readonly outcome: Outcome;
    readonly retry: RetryRule;
  } | null;
  readonly fields: readonly Field[];
  readonly summary: string;
  readonly remedy: string | null;
  readonly since: string | null;
  readonly deprecated: {
    readonly since: string;
    readonly reason: string;
    readonly use: Entry | null;
  } | null;
  readonly removed: { readonly since: string; readonly reason: string } | null;
  readonly examples: readonly Example[];
}

/** What an entry is recognised by: every feature that is given must hold, apart from the status beside others. */
export interface Match {
  /** The first of its channels. */
  readonly channel: Channel;
  readonly channels: readonly Channel[];
  /** The ones expected; empty when the status does not matter. */
  readonly statuses: readonly number[];
  readonly codes: readonly Codes[];
  readonly messages: readonly Message[];
  readonly shape: Shape | null;
  readonly where: readonly Condition[];
  readonly overrides: readonly Entry[];
}

/** One code, or a run of integers with both ends included. */
export interface Codes {
  readonly first: number | string;
  readonly last: number | string;
  readonly place: Place;
}

export interface Message {
  /** As the author wrote it. */
  readonly template: string;
  readonly parts: readonly Part[];
  /** The text, when there is no hole in it. */
  readonly literal: string | null;
  readonly place: Place;
}

export interface Field extends Named {
  readonly at: string | null;
  readonly header: string | null;
  readonly type: "string" | "integer" | "decimal" | "boolean" | "duration" | "strings";
  readonly unit: "ms" | "s" | "m" | null;
  /** Its name in what a decoder returns: durations are in milliseconds and say so. */
  readonly property: string;
  /** What it means for an item of a batch that its key is in this list. */
  readonly marks: "duplicate" | "in-progress" | null;
  readonly summary: string | null;
}

export interface Example {
  readonly title?: string;
  readonly channel: Channel;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly place: Place;
}

/** The wire values of one kind, such as the declines' texts, and the names generated for them. */
export interface ValueSet {
  readonly kind: "status" | "code" | "message" | "decline" | "socket";
  readonly type: string;
  readonly open: string;
  readonly guard: string;
  readonly summary: string;
  readonly members: readonly Member[];
  /** The texts of the kind that have holes: no member can be one, and the guard knows them. */
  readonly templates: readonly (readonly Part[])[];
}

export interface Member {
  readonly name: string;
  readonly value: number | string;
  /** The living entries that have the value. */
  readonly entries: readonly Entry[];
  /** The one that it stands for; `null` where it takes more than the value to tell. */
  readonly owner: Entry | null;
}

export interface RetryRule extends Traced {
  readonly summary: string;
  readonly data: RetryData;
  /** Whether it is one of the rules that every API has. */
  readonly builtIn: boolean;
}

/** What to do when no response comes. */
export interface Transport extends Traced {
  readonly name: TransportKind;
  readonly retry: RetryRule;
  readonly summary: string;
  readonly remedy: string | null;
}

export interface Budget extends Traced {
  readonly tokens: number;
  readonly cost: number;
  readonly refund: number;
  readonly summary: string;
}

export interface Limit extends Traced {
  readonly count: number;
  /** In milliseconds; `null` when it counts what is open at once. */
  readonly perMs: number | null;
  readonly of: string;
  readonly scope: string;
  readonly configurable: boolean | null;
  readonly answer: Entry | null;
  readonly summary: string;
}

export interface Idempotency extends Traced {
  /** A JSON pointer into the request, or a header of it. */
  readonly at: string | null;
  readonly header: string | null;
  readonly windowMs: number | null;
  readonly slackMs: number | null;
  readonly duplicate: IdempotencyKey["duplicate"];
  readonly answer: Entry | null;
  readonly summary: string;
}

export interface Deadline extends Traced {
  readonly at: string | null;
  readonly defaultMs: number | null;
  readonly maxMs: number | null;
  readonly from: string | null;
  readonly then: string | null;
  readonly summary: string;
}

export interface Breaker extends Traced {
  readonly scope: string;
  readonly opens: string | null;
  readonly closes: string | null;
  readonly threshold: number | null;
  readonly cooldownMs: number | null;
  readonly answer: Entry | null;
  readonly summary: string;
}

export interface Mode extends Traced {
  readonly announced: string | null;
  readonly effect: string | null;
  readonly answer: Entry | null;
  readonly summary: string;
}

export interface Hole extends Named {
  readonly promised: string;
  readonly found: string;
  readonly cites: readonly Citation[];
  readonly questions: readonly string[];
}

export interface Conflict extends Named {
  readonly about: string;
  readonly between: readonly {
    readonly says: string;
    readonly cites: readonly Citation[];
  }[];
  readonly reading: string;
  readonly questions: readonly string[];
}

/** One file to be written. */
export interface OutputFile {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Whether it ships as somebody wrote it, so that there is nothing to format. */
  readonly written?: true;
}
