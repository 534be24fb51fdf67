/** A trading venue that fails on purpose: what each of the three is, and how a server or a virtual clock drives it. */

export interface VenueRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text; empty when there is none. */
  readonly body: string;
}

/** An answer, or the way in which none comes. */
export type VenueAnswer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly lost: "timeout" | "reset" | "closed" };

/** Pure but for its own state: no timer, no clock. The caller brings requests in order of time. */
export interface Venue {
  handle(request: VenueRequest, nowMs: number): VenueAnswer;
}
