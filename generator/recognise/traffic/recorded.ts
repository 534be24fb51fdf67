/** What somebody kept of the traffic with an API, whatever kept it. */

/** One response, or one frame of a socket. */
export interface Recorded {
  /** A body is a response of which nothing else was kept; it may be a frame as well. */
  readonly kind: "response" | "frame" | "body";
  /** What was asked, such as `POST https://shop.example/orders`; `null` where that is not known. */
  readonly of: string | null;
  readonly status: number | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As text, or as JSON that was kept as such. */
  readonly body: unknown;
  /** What is wrong with the recording; empty where it is whole. */
  readonly notes: readonly string[];
}

export interface Traffic {
  /** What the text was taken for, as a sentence has it. */
  readonly takenFor: string;
  readonly recorded: readonly Recorded[];
}

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A status that HTTP can have; `null` otherwise. */
export function statusOf(value: unknown): number | null {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599
    ? (value as number)
    : null;
}
