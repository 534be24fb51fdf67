/** Codes, statuses and texts, of which one may stand for many, as people write them. */
import type { Codes, Match, Message } from "./entry.js";

/** A status, or all from one to another, such as `5xx`. */
export type Statuses = number | readonly [first: number, last: number];

/** `503`, or `5xx`. */
export function statusText(status: Statuses): string {
  return typeof status === "number" ? String(status) : `${Math.floor(status[0] / 100)}xx`;
}

/** The first of some statuses; `undefined` where there is none. */
export function firstStatus([first]: readonly Statuses[]): number | undefined {
  return typeof first === "object" ? first[0] : first;
}

/** `23505`, `3100..3112` or `23*`. */
export function codeText({ first, last, prefix }: Codes): string {
  if (prefix === true) return `${first}*`;
  return first === last ? String(first) : `${first}..${last}`;
}

const parts = { contains: "contains", starts: "starts with", ends: "ends with" } as const;

/** What is said of a text besides itself: `contains`, and `in any letter case`. */
export function partWords({ part, fold }: Message): readonly [before: string, after: string] {
  return [part === null ? "" : `${parts[part]} `, fold ? " in any letter case" : ""];
}

/** Whether an entry is known by a part of a text, or by one in any letter case. */
export function isLooselyKnown({ messages }: Match): boolean {
  return messages.some(({ part, fold }) => part !== null || fold);
}
