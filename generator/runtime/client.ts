/** What a session is given, and what it gives back. */
import type { Advice, AdviceInput, TransportFailure } from "./advice.js";
import type { Batch } from "./batch.js";
import type { Failure, HttpResponse, Reply, Success } from "./failure.js";
import type { Gate } from "./gate.js";
import type { Ending, Proof } from "./item.js";
import type { PlatformSignal } from "./patience.js";
import type {
  CancelByKey,
  Certainty,
  IdempotencyKey,
  LookUp,
  Operation,
  Outcome,
  Step,
} from "./vocabulary.js";

/** A write of a catalog, with all that a session has to know of it. */
export interface Write {
  readonly operation: string;
  readonly facts: Operation;
  /** How it is looked up, and how it is taken back by its key, as far as that is known. */
  readonly look: LookUp | null;
  readonly cancel: CancelByKey | null;
  readonly key: IdempotencyKey | null;
  advise(failure: Failure | TransportFailure, input: AdviceInput): Advice;
  decode(response: HttpResponse): Reply;
  /** Of a write with several items: what a response says of each, by its key. */
  items?(
    sent: Iterable<string>,
    response: HttpResponse,
  ): Batch<Failure, Reply, Success, string | number>;
}

/** One copy of an item, to be sent or looked up. */
export interface Copy<T> {
  readonly item: T;
  /** Its idempotency key, or the reference that it is looked up by. It has to be in the request. */
  readonly key: string;
}

/** What a request has to mind. */
export interface Sending {
  /** Aborts once the answer would come too late. */
  readonly signal: PlatformSignal;
  /** Whether it needs a new timestamp and signature. */
  readonly reSign: boolean;
}

/** How to talk to the API: what the catalog does not know. */
export interface Client<T> {
  /** Sends one copy of each in one request, with redirects off. It rejects if no response comes, and makes no retries. */
  send(copies: readonly Copy<T>[], sending: Sending): PromiseLike<HttpResponse>;
  /** Asks what became of them, as the catalog's look-up says; without it, what is not known stays so. */
  lookUp?(copies: readonly Copy<T>[], sending: Sending): PromiseLike<HttpResponse>;
  /** Makes a step of an advice, such as the refresh of a token; with a gate, once for all who need it. It rejects if it failed. */
  step?(step: Step): PromiseLike<unknown>;
}

export interface SessionOptions<T> {
  /** What all sessions and calls of one account share. */
  readonly gate?: Gate;
  /** When the items are no longer wanted, in ms after the start; default: the catalog's deadline, for copies after the first. */
  readonly deadlineMs?: number;
  /** Whether nothing below, such as a library or a proxy, may send a request twice. Default: nobody knows. */
  readonly singleSend?: boolean;
  /** The key of an item that has one of its own, such as the id of an order to be cancelled; it stays. */
  readonly keyOf?: (item: T) => string;
  /** Default: `crypto.randomUUID`. */
  readonly newKey?: () => string;
  /** How long to wait for the answer to one request, its body included, in ms; default: 10 seconds. */
  readonly timeoutMs?: number;
  /** How often an item may begin anew, once it is proved that no copy was executed; default: 5. */
  readonly rounds?: number;
  /** For how long to look up what is unknown, in ms; default: 10 minutes. */
  readonly lookForMs?: number;
  /** Ends the session: nothing more is sent. */
  readonly signal?: PlatformSignal;
  readonly now?: () => number;
  readonly wall?: () => number;
  readonly random?: () => number;
}

/** What became of an item. */
export interface Settled<T> extends Copy<T> {
  /**
   * `placed`: executed. `partly`: a part of it was. `accepted`: taken, and decided later. `declined`, `not-executed`: no copy
   * was executed. `unknown`: a person has to find out.
   */
  readonly is: Ending;
  /** What says so, and how that is known. */
  readonly by: Proof;
  readonly certainty: Certainty;
  /** The latest that went wrong. */
  readonly failure: Failure | TransportFailure | null;
  /** The operation that tells what became of it, if one is known. */
  readonly lookup: string | null;
}

export interface Session<T> {
  /** In the order of the items. Never rejects. */
  readonly settled: Promise<readonly Settled<T>[]>;
  /** Something else said what became of the item with this key, such as a frame on a socket: it ends a wait for a retry. */
  tell(key: string, outcome: Outcome): void;
}
