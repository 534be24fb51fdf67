/** What the answer to a request says of each item that it carried. */
import type { TransportFailure } from "./advice.js";
import type { ItemReply } from "./batch.js";
import type { Write } from "./client.js";
import type { Failure, HttpResponse, Reply } from "./failure.js";
import { failureOf } from "./guards.js";
import type { Answer, Taken } from "./session.js";
import { transportFailure } from "./transport.js";
import type { Outcome } from "./vocabulary.js";

/** How a request ended: with a response, or with an error. */
export type Result = { readonly response: HttpResponse } | { readonly error: unknown };

export function replyOf(
  { decode }: Pick<Write, "decode">,
  result: Result,
): Reply | TransportFailure {
  if ("response" in result) return decode(result.response);
  const failure = failureOf(result.error);
  return failure === null ? transportFailure(result.error) : { ok: false, failure };
}

/** What a request came to: the failure of the whole, if it failed, and what it says of each item. */
export function answersOf(
  write: Write,
  rows: readonly { readonly key: string }[],
  result: Result,
): {
  readonly failure: Failure | TransportFailure | null;
  readonly answerOf: (key: string) => Answer;
} {
  const whole = replyOf(write, result);
  const failure = "transport" in whole ? whole : whole.ok ? null : whole.failure;
  if ("response" in result && write.items !== undefined) {
    const keys = rows.map(({ key }) => key);
    const { items } = write.items(keys, result.response);
    return { failure, answerOf: (key) => ofItem(items.get(key)) };
  }
  const answer: Answer =
    "transport" in whole || !whole.ok
      ? { failure, isItems: false }
      : isTaken(whole.outcome)
        ? { outcome: whole.outcome, certainty: "documented" }
        : nothing;
  return { failure, answerOf: () => answer };
}

const nothing: Answer = { failure: null, isItems: false };

function isTaken(outcome: Outcome): outcome is Taken {
  return outcome === "executed" || outcome === "accepted" || outcome === "partial";
}

function ofItem(reply: ItemReply | undefined): Answer {
  if (reply === undefined || reply.is === "skipped") return nothing;
  if (reply.is === "accepted")
    return isTaken(reply.outcome) ? { outcome: reply.outcome, certainty: "documented" } : nothing;
  if (reply.is === "declined") return { failure: reply.failure, isItems: true };
  // A refusal of which it is not clear whether it is this item's.
  if (reply.is === "unknown" && reply.failure?.outcome === "not-executed") return nothing;
  return { failure: reply.failure, isItems: false };
}
