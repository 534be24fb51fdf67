/** What the shared words mean, for the docs, and which actor a category calls for unless an entry says otherwise. */
import type { Actor, Category, Outcome } from "../runtime/vocabulary.js";

interface CategoryMeaning {
  readonly actor: Actor;
  readonly means: string;
}

export const categories: Readonly<Record<Category, CategoryMeaning>> = {
  credentials: {
    actor: "client",
    means: "The caller could not be identified.",
  },
  "session-expired": {
    actor: "re-authenticate",
    means: "The caller was known, and the session is over.",
  },
  permission: {
    actor: "operator",
    means: "The caller is known and not allowed to do this.",
  },
  "clock-skew": {
    actor: "re-sign",
    means: "The request's time is too far from the server's.",
  },
  duplicate: {
    actor: "reconcile",
    means: "The same request was received before.",
  },
  validation: {
    actor: "client",
    means: "The request itself is wrong.",
  },
  "not-found": {
    actor: "client",
    means: "The thing asked for does not exist, or not for this caller.",
  },
  "state-conflict": {
    actor: "client",
    means: "The request is right, and the present state forbids it.",
  },
  "funds-or-limits": {
    actor: "client",
    means: "A balance or a limit does not allow the amount.",
  },
  "market-unavailable": {
    actor: "client",
    means: "The market, price or counterparty cannot take the order.",
  },
  throttled: {
    actor: "wait",
    means: "Too many requests or connections.",
  },
  unavailable: {
    actor: "wait",
    means: "The service or something behind it is down.",
  },
  internal: {
    actor: "operator",
    means: "The service failed and does not say how.",
  },
  "partial-failure": {
    actor: "reconcile",
    means: "A part was done and a part was not.",
  },
  unsupported: {
    actor: "client",
    means: "The service does not do this, or not this way.",
  },
  unknown: {
    actor: "reconcile",
    means: "Nothing in the catalog matches the response.",
  },
};

export const actors: Readonly<Record<Actor, string>> = {
  client: "the program that sent the request, by changing it",
  operator: "a person: at your side or the vendor's",
  wait: "nobody; time has to pass",
  "re-authenticate": "the program, by renewing its session",
  "re-sign": "the program, by signing the request anew",
  reconcile: "the program, by looking up what happened first",
};

export const outcomes: Readonly<Record<Outcome, string>> = {
  "not-executed": "The write was not executed.",
  accepted: "The write was taken; whether it is executed is decided later.",
  executed: "The write was executed.",
  partial: "A part of the write was executed.",
  "prior-received": "An earlier copy of the write arrived before this one.",
  unknown: "Nobody can tell from the response whether the write was executed.",
};
