/** One thing that can come back: how it is recognised, what it means, and what to do about it. */
import type { Place } from "../diagnostics/log.js";
import type { FieldType } from "../runtime/matcher.js";
import type { Part } from "../runtime/template.js";
import type { Actor, Category, Outcome } from "../runtime/vocabulary.js";
import type { Channel, Condition, Shape } from "./channel.js";
import type { Family } from "./family.js";
import type { Operation, RetryRule } from "./retry.js";
import type { Statuses } from "./spans.js";
import type { Named, Traced } from "./trace.js";

export interface Entry extends Traced {
  readonly family: Family;
  /** `<api>.<name>` */
  readonly id: string;
  readonly title: string;
  readonly match: Match;
  readonly success: boolean;
  /** `null` on a success, as are `actor` and `retry`. */
  readonly category: Category | null;
  /** The category of the API's own of which that is the base. */
  readonly ownCategory: OwnCategory | null;
  readonly actor: Actor | null;
  readonly outcome: Outcome;
  readonly retry: RetryRule | null;
  readonly ifPriorUnknown: {
    readonly outcome: Outcome;
    readonly retry: RetryRule;
  } | null;
  /** What it means where some operations were asked for. */
  readonly on: readonly OnOperation[];
  readonly fields: readonly Field[];
  /** The entry whose codes or statuses hold this one's and more. */
  readonly class: Entry | null;
  readonly tags: readonly string[];
  readonly severity: string | null;
  /** The vendor's own page on it. */
  readonly reference: string | null;
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
  /** Whether its example is to be made from what it is recognised by. */
  readonly isMade: boolean;
}

/** What an entry means where an operation was asked for. */
export interface OnOperation {
  readonly operation: Operation;
  readonly category: Category;
  readonly actor: Actor;
  readonly outcome: Outcome;
  readonly retry: RetryRule;
  readonly place: Place;
}

/** A category of an API's own, and the portable one that it is a case of. */
export interface OwnCategory extends Traced {
  readonly base: Category;
  readonly summary: string;
}

/** What an entry is recognised by: every feature that is given must hold, apart from the status beside others. */
export interface Match {
  /** The first of its channels. */
  readonly channel: Channel;
  readonly channels: readonly Channel[];
  /** The ones expected; empty when the status does not matter. */
  readonly statuses: readonly Statuses[];
  readonly codes: readonly Codes[];
  readonly messages: readonly Message[];
  /** Those that it answers; empty where it answers all. */
  readonly operations: readonly Operation[];
  readonly shape: Shape | null;
  /** The codes of other vocabularies are among these. */
  readonly where: readonly Condition[];
  readonly coded: readonly Coded[];
  readonly overrides: readonly Entry[];
}

/** A code vocabulary besides the main one. */
export interface Vocabulary extends Traced {
  readonly at: string | null;
  readonly header: string | null;
  readonly type: "integer" | "string";
  readonly summary: string;
}

/** Codes of such a vocabulary that an entry is known by. */
export interface Coded {
  readonly vocabulary: Vocabulary;
  readonly values: readonly (number | string)[];
  readonly place: Place;
}

/** One code; a run of integers with both ends included; or all that begin with a text. */
export interface Codes {
  readonly first: number | string;
  readonly last: number | string;
  readonly prefix?: true;
  readonly place: Place;
}

export interface Message {
  /** As the author wrote it. */
  readonly template: string;
  readonly parts: readonly Part[];
  /** The text, when it is a whole one without a placeholder in it. */
  readonly literal: string | null;
  /** Which part of the text it is; `null` for all of it. */
  readonly part: "contains" | "starts" | "ends" | null;
  /** Whether letters in either case are the same. */
  readonly fold: boolean;
  readonly place: Place;
}

export interface Field extends Named {
  readonly at: string | null;
  readonly header: string | null;
  readonly type: FieldType;
  readonly unit: "ms" | "s" | "m" | null;
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
