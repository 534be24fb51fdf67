/** What the site reads of `generated/catalog.json`. */
import type { Outcome, Verdict } from "trading-api-errors";

/** The keys of `catalog.json` that the site uses. */
export interface Catalog {
  readonly package: { readonly name: string; readonly description: string };
  readonly apis: readonly Api[];
}

export interface Api {
  readonly id: string;
  readonly title: string;
  readonly prefix: string;
  readonly channels: readonly Channel[];
  readonly operations?: readonly Operation[];
  readonly entries: readonly Entry[];
  readonly retry: readonly Rule[];
  readonly transport?: readonly Transport[];
  readonly idempotency?: readonly { readonly name: string; readonly windowMs?: number }[];
}

export interface Channel {
  readonly name: string;
  readonly kind: "http" | "socket" | "items";
  readonly names: { readonly decode: string };
  /** Of items: where the lists of those that were declined and of the others stand, and their keys in them. */
  readonly items?: readonly string[];
  readonly accepted?: string;
  readonly key?: { readonly at: readonly string[] };
}

export interface Operation {
  readonly name: string;
  readonly kind: "read" | "write";
  /** The name of its keys. */
  readonly idempotency?: string;
}

export interface Entry {
  readonly id: string;
  readonly family: string;
  readonly name: string;
  readonly title: string;
  readonly match: {
    readonly statuses?: readonly Status[];
    readonly codes?: readonly Codes[];
    readonly messages?: readonly Message[];
    readonly where?: readonly { readonly test: unknown }[];
  };
  readonly outcome: Outcome;
  readonly category?: string;
  readonly retry?: string;
  readonly summary: string;
  readonly remedy?: string;
  readonly examples?: readonly { readonly body?: unknown }[];
  readonly removed?: object;
}

/** A status, or a class of them, such as `5xx`. */
export type Status = number | string;

export interface Codes {
  readonly first: number | string;
  readonly last: number | string;
  readonly prefix?: boolean;
}

interface Message {
  readonly template: string;
  /** `null` where the template has placeholders. */
  readonly literal: string | null;
}

export interface Rule {
  readonly name: string;
  readonly verdict: Verdict;
  readonly identity?: string;
  readonly requires?: "single-send";
}

export interface Transport {
  readonly name: string;
  readonly summary: string;
  readonly remedy?: string;
}
