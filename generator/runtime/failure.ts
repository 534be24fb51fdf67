/** What a decoder is given, and what it returns. */
import type { Capture } from "./template.js";
import type { Actor, Category, Outcome } from "./vocabulary.js";

/** A response, with its body as parsed JSON or as text. A `Headers` object or a plain object will do for the headers. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: unknown;
  readonly body?: unknown;
}

/** The value of a field: a text, a number (durations in milliseconds), a boolean or a list; `null` when it is absent. */
export type FieldValue = Capture | boolean | readonly string[];

/** The fields of an entry that has none. */
export type NoFields = Readonly<Record<never, never>>;

/** A failure that the catalog knows. */
export interface Failure<
  Id extends string = string,
  C extends Category = Category,
  A extends Actor = Actor,
  O extends Outcome = Outcome,
  R extends string = string,
  F = Readonly<Record<string, FieldValue>>,
> {
  readonly id: Id;
  readonly category: C;
  readonly actor: A;
  /** What became of a write that was answered this way. */
  readonly outcome: O;
  /** The name of its retry rule. */
  readonly retry: R;
  /** The HTTP status; `null` where there is none. */
  readonly status: number | null;
  /** The vendor's code, as it came. */
  readonly code: number | string | null;
  /** The vendor's text, as it came. */
  readonly text: string | null;
  /** Values from the body and from the text. */
  readonly fields: F;
  /** The body, item or frame, as it was handed in or parsed. */
  readonly body: unknown;
  /** The headers as they were handed in; `null` where there are none. */
  readonly headers: unknown;
}

/**
 * Why nothing in the catalog fits: the body cannot be read, being a stream, bytes, or an object that throws; or it is no
 * JSON; or its code, its message, its shape or its status is new to the catalog.
 */
export type UnknownWhy = "unread" | "not-json" | "code" | "message" | "shape" | "status";

/** A failure that the catalog does not know. Whether a write was executed is unknown, too. */
export interface UnknownFailure<Id extends string = string> extends Failure<
  Id,
  "unknown",
  "reconcile",
  "unknown",
  "reconcile",
  NoFields
> {
  readonly why: UnknownWhy;
}

export type Reply<Id extends string = string, F = Failure> =
  | { readonly ok: true; readonly id: Id; readonly status: number | null; readonly body: unknown }
  | { readonly ok: false; readonly failure: F };

/** Where every failure has its id once more, so that guards know one that was made by another copy of this package. */
export const marker: unique symbol = /* @__PURE__ */ Symbol.for("errata") as never;

export interface Marked {
  readonly [marker]: string;
}

/** Whether a value is a failure that some decoder of errata made. */
export function isFailure(value: unknown): value is Failure {
  try {
    return typeof value === "object" && value !== null && marker in value;
  } catch {
    return false;
  }
}
