/** When a request is sent again, and what the rules of that refer to. */
import type {
  IdempotencyKey,
  CancelByKey,
  LookUp,
  RetryRule as RetryData,
  StepName,
} from "../runtime/vocabulary.js";
import type { Entry } from "./entry.js";
import type { Traced } from "./trace.js";

export interface RetryRule extends Traced {
  readonly summary: string;
  readonly data: RetryData;
  /** Whether it is one of the rules that every API has. */
  readonly builtIn: boolean;
}

/** A step of an API's own, and the one that it is a case of. */
export interface OwnStep extends Traced {
  readonly base: StepName;
  readonly summary: string;
}

export interface Operation extends Traced {
  /** `null` where the document does not give it. */
  readonly method: string | null;
  readonly path: string | null;
  readonly kind: "read" | "write";
  readonly items: string | null;
  /** What a call counts in limits of weight, by their names, where the catalog says so. */
  readonly weight: Readonly<Record<string, number>>;
  readonly idempotency: Idempotency | null;
  readonly lookup: Operation | null;
  /** What the answers of the look-up prove, as far as that is known. */
  readonly look: LookUp | null;
  /** The operation that takes it back by its key, by name. */
  readonly cancel: CancelByKey | null;
  /** Whether a second execution changes nothing more. */
  readonly isHarmless: boolean;
  /** Whether a signature is refused the second time. */
  readonly replayChecked: boolean;
  readonly summary: string;
}

export interface Idempotency extends Traced {
  /** A JSON pointer into the request, or a header of it. */
  readonly at: string | null;
  readonly header: string | null;
  readonly windowMs: number | null;
  readonly slackMs: number | null;
  /** The response header that marks a replayed answer. */
  readonly replayHeader: string | null;
  readonly duplicate: IdempotencyKey["duplicate"];
  readonly answer: Entry | null;
  readonly summary: string;
}
