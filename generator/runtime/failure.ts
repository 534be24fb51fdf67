/** What a decoder is given, and what it returns. */
import type { Capture } from "./template.js";
import type { Actor, Category, Outcome } from "./vocabulary.js";

/** A response, with its body as parsed JSON or as text. A `Headers` object or a plain object will do for the headers. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: unknown;
  readonly body?: unknown;
  /** A Response whose body nobody has read does not compile: hand over `await readResponse(response)`. */
  readonly json?: never;
}

/** What the response answers. */
export interface Asked<Op extends string = string> {
  /** Without it, the most careful of what the response may mean holds. */
  readonly operation?: Op;
}

/**
 * The value of a field: a text, a number (durations in ms, times in ms since 1970), a boolean or a list; `null` when it is
 * absent or cannot be read.
 */
export type FieldValue = Capture | boolean | readonly string[];

/** The fields of an entry that has none. */
export type NoFields = Readonly<Record<never, never>>;

/** The vendor's code: a number or a text. */
export type CodeValue = number | string;

declare const unlisted: unique symbol;

/** A code that the catalog does not have. */
export type UnlistedCode = CodeValue & { readonly [unlisted]: true };

/** A failure that the catalog knows. */
export interface Failure<
  Id extends string = string,
  C extends Category = Category,
  A extends Actor = Actor,
  O extends Outcome = Outcome,
  R extends string = string,
  F = Readonly<Record<string, FieldValue>>,
  Code extends CodeValue | null = CodeValue | null,
> {
  readonly id: Id;
  readonly category: C;
  readonly actor: A;
  /** What happened to a write that was answered this way. */
  readonly outcome: O;
  /** The name of its retry rule. */
  readonly retry: R;
  /** The HTTP status; `null` where there is none. */
  readonly status: number | null;
  /** The vendor's code: as the catalog has it where it is known by that, and as it came otherwise. */
  readonly code: Code;
  /** The vendor's text, as it came. */
  readonly text: string | null;
  /** Values from the body, the headers and the text. */
  readonly fields: F;
  /** The waits and times among the fields that were there and could not be read: how long is unknown then, and not none. */
  readonly unreadable?: readonly string[];
  /** The body, item or frame, as it was handed in or parsed. */
  readonly body: unknown;
  /** The headers as they were handed in; `null` where there are none. */
  readonly headers: unknown;
  /**
   * What of the response is not as the catalog expects it: the `status`, under which the entry is not listed; or the
   * `body`, which is none of the API's, or has a code or a text that the catalog does not know. Then the entry is that of
   * the status alone, and the outcome is unknown.
   */
  readonly unexpected: "status" | "body" | null;
  /** The other errors in the same body, and the causes; the most careful of the errors leads. */
  readonly also?: readonly Failure[];
}

/**
 * Why nothing in the catalog fits: the body cannot be read, being a stream, bytes, or an object that throws; or it is no
 * JSON; or its code, its message, its shape or its status is new to the catalog.
 */
export type UnknownWhy = "unread" | "not-json" | "code" | "message" | "shape" | "status";

/** A failure that the catalog does not know. Whether a write was executed is unknown, too. */
export interface UnknownFailure<
  Id extends string = string,
  Code extends CodeValue | null = CodeValue | null,
> extends Failure<Id, "unknown", "reconcile", "unknown", "reconcile", NoFields, Code> {
  readonly why: UnknownWhy;
}

/** A response that is not a failure. */
export interface Success<Id extends string = string, O extends Outcome = Outcome> {
  readonly ok: true;
  readonly id: Id;
  /** What it proves of a write: `accepted` is not yet `executed`. */
  readonly outcome: O;
  readonly status: number | null;
  readonly body: unknown;
}

export type Reply<S = Success, F = Failure> = S | { readonly ok: false; readonly failure: F };

/** A frame that says which request it answers. */
export type Answering<R> = R & {
  /** As the frame has it; `null` where it answers none. */
  readonly replyTo: string | number | null;
};

/** Whether a value is a failure that some decoder of errata made, even if it has been through JSON since. */
export function isFailure(value: unknown): value is Failure {
  try {
    const { id, category, outcome, retry, fields } = value as Record<keyof Failure, unknown>;
    return (
      [id, category, outcome, retry].every((fact) => typeof fact === "string") &&
      typeof fields === "object"
    );
  } catch {
    // It is `null` or `undefined`, or a getter or a proxy's trap threw.
    return false;
  }
}
