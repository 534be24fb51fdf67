/** What an author may write, as types; catalog.schema.json says the same to editors and to validate.ts. */
import type { LeafType } from "../runtime/shape.js";
import type { Actor, Category, Outcome, Transport, Verdict } from "../runtime/vocabulary.js";

export interface ManifestSyntax {
  package: {
    name: string;
    version: string;
    description: string;
    license?: string;
  };
  output: string;
  apis: string[];
  options?: {
    enums?: "const" | "enum";
    emit?: "package" | "source";
    imports?: "js" | "ts" | "none";
  };
}

/** How a node says where its facts come from. */
export interface TraceSyntax {
  cite?: string | string[];
  inferred?: Record<string, string>;
  policy?: Record<string, string>;
  undocumented?: string[];
  questions?: string[];
}

export interface ApiSyntax extends TraceSyntax {
  title: string;
  summary: string;
  prefix?: string;
  codes?: "integer" | "string";
  servers?: string[];
  credentials?: string[];
}

export interface SourceSyntax {
  title: string;
  url: string;
  read: string;
  sha256?: string;
}

export interface ChannelSyntax extends TraceSyntax {
  transport?: "http" | "socket";
  within?: string;
  items?: string | string[];
  accepted?: string;
  taken?: ConditionsSyntax;
  key?: string | string[] | { at: string | string[]; type?: "uuid" | "index" };
  by?: "position";
  partial?: string;
  code?: PlaceSyntax | PlaceSyntax[];
  message?: PlaceSyntax | PlaceSyntax[];
  shape?: string;
  success?: ConditionsSyntax;
  failure?: ConditionsSyntax;
  errors?: string;
  causes?: string;
  "reply-to"?: string;
  summary?: string;
}

export type PlaceSyntax =
  | string
  | {
      at?: string;
      header?: string;
      after?: string;
      before?: string;
      when?: ConditionsSyntax;
    };

/** By JSON pointer, or by header. */
export type ConditionsSyntax = Record<string, Scalar | Scalar[]>;

export interface OperationSyntax extends TraceSyntax {
  request?: string;
  kind: "read" | "write";
  items?: string;
  idempotency?: string;
  lookup?: string;
  signature?: "replay-checked";
  summary: string;
}

export interface ShapeSyntax extends TraceSyntax {
  title?: string;
  summary: string;
  fields: Record<string, LeafType | LeafType[]>;
  optional?: string[];
  examples?: unknown[];
}

export interface EntrySyntax extends TraceSyntax {
  name?: string;
  title?: string;
  channel?: string | string[];
  status?: number | number[];
  code?: number | string | (number | string)[];
  message?: string | string[];
  shape?: string;
  where?: ConditionsSyntax;
  headers?: ConditionsSyntax;
  overrides?: string[];
  success?: true;
  category?: Category;
  actor?: Actor;
  outcome?: Outcome;
  retry?: string;
  "if-prior-unknown"?: { outcome: Outcome; retry: string };
  fields?: Record<string, FieldSyntax>;
  summary: string;
  remedy?: string;
  since?: string;
  deprecated?: { since: string; reason: string; use?: string };
  removed?: { since: string; reason: string };
  examples?: ExampleSyntax[];
}

export type Scalar = string | number | boolean | null;

export interface FieldSyntax {
  at?: string;
  header?: string;
  type: "string" | "integer" | "decimal" | "boolean" | "duration" | "strings";
  unit?: "ms" | "s" | "m";
  marks?: "duplicate" | "in-progress";
  summary?: string;
}

export interface ExampleSyntax {
  title?: string;
  channel?: string;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface RetrySyntax extends TraceSyntax {
  verdict: Verdict;
  summary: string;
  delay?: {
    header?: string;
    field?: string;
    exponential?: { base: string; factor: number; cap?: string };
    fixed?: string;
  }[];
  combine?: "first" | "longest";
  cap?: string;
  "over-cap"?: "give-up";
  jitter?: string;
  attempts?: number;
  identity?: "same" | "fresh" | "none";
  resign?: boolean;
  requires?: "single-send";
  before?: { do: string; or?: string; with?: string }[];
  pause?: string;
  deadline?: string;
  budget?: string;
}

export interface TransportSyntax extends TraceSyntax {
  retry: string;
  summary: string;
  remedy?: string;
}

export interface BudgetSyntax extends TraceSyntax {
  tokens: number;
  cost: number;
  refund: number;
  summary: string;
}

export interface LimitSyntax extends TraceSyntax {
  count: number;
  per?: string;
  of?: string;
  scope: string;
  configurable?: boolean;
  answer?: string;
  summary: string;
}

export interface IdempotencySyntax extends TraceSyntax {
  at?: string;
  header?: string;
  window?: string;
  slack?: string;
  duplicate: { some: Duplicate; all: Duplicate };
  answer?: string;
  summary: string;
}

export type Duplicate = "skipped" | "rejected" | "replayed";

export interface DeadlineSyntax extends TraceSyntax {
  at?: string;
  default?: string;
  max?: string;
  from?: string;
  then?: string;
  summary: string;
}

export interface BreakerSyntax extends TraceSyntax {
  scope: string;
  opens?: string;
  closes?: string;
  threshold?: number;
  cooldown?: string;
  answer?: string;
  summary: string;
}

export interface ModeSyntax extends TraceSyntax {
  announced?: string;
  effect?: string;
  answer?: string;
  summary: string;
}

export interface HoleSyntax {
  promised: string;
  found: string;
  cite: string | string[];
  questions?: string[];
}

export interface ConflictSyntax {
  about: string;
  between: { says: string; cite: string | string[] }[];
  reading: string;
  questions?: string[];
}

/** The sections of one API; a file holds any number of them. */
export interface SectionsSyntax {
  api?: ApiSyntax;
  sources?: Record<string, SourceSyntax>;
  channels?: Record<string, ChannelSyntax>;
  operations?: Record<string, OperationSyntax>;
  shapes?: Record<string, ShapeSyntax>;
  statuses?: Record<string, EntrySyntax>;
  errors?: Record<string, EntrySyntax>;
  declines?: Record<string, EntrySyntax>;
  sockets?: Record<string, EntrySyntax>;
  retry?: Record<string, RetrySyntax>;
  transport?: Partial<Record<Transport, TransportSyntax>>;
  budgets?: Record<string, BudgetSyntax>;
  limits?: Record<string, LimitSyntax>;
  idempotency?: Record<string, IdempotencySyntax>;
  deadlines?: Record<string, DeadlineSyntax>;
  breakers?: Record<string, BreakerSyntax>;
  modes?: Record<string, ModeSyntax>;
  holes?: Record<string, HoleSyntax>;
  conflicts?: Record<string, ConflictSyntax>;
}

/** The sections that hold named nodes. */
export type Section = Exclude<keyof SectionsSyntax, "api">;

/** The kind of node under each of them. */
export type SectionNode<K extends Section> = NonNullable<
  NonNullable<SectionsSyntax[K]>[keyof NonNullable<SectionsSyntax[K]>]
>;
