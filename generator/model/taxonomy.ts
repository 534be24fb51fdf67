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
    means: "The caller was known, but the session has expired.",
  },
  permission: {
    actor: "operator",
    means: "The caller is known but not allowed to do this.",
  },
  "clock-skew": {
    actor: "re-sign",
    means: "The request's timestamp is too far from the server's clock.",
  },
  duplicate: {
    actor: "reconcile",
    means: "The same request was already received.",
  },
  validation: {
    actor: "client",
    means: "The request itself is invalid.",
  },
  "not-found": {
    actor: "client",
    means: "What was asked for does not exist, or not for this caller.",
  },
  "state-conflict": {
    actor: "client",
    means: "The request is valid, but the current state does not allow it.",
  },
  "funds-or-limits": {
    actor: "client",
    means: "A balance or limit does not allow the amount.",
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
    means: "The service, or something behind it, is down.",
  },
  internal: {
    actor: "operator",
    means: "The service failed and does not say why.",
  },
  "partial-failure": {
    actor: "reconcile",
    means: "Part of the request was carried out and part was not.",
  },
  unsupported: {
    actor: "client",
    means: "The service does not support this, or not in this way.",
  },
  unknown: {
    actor: "reconcile",
    means: "Nobody says what it means, or nothing in the catalog matches it.",
  },
};

export const actors: Readonly<Record<Actor, string>> = {
  client: "the program that sent the request, by changing it",
  operator: "a person, on your side or the vendor's",
  wait: "nobody; time has to pass",
  "re-authenticate": "the program, by renewing its session",
  "re-sign": "the program, by re-signing the request",
  reconcile: "the program, by first looking up what happened",
};

export const outcomes: Readonly<Record<Outcome, string>> = {
  "not-executed": "The write was not executed.",
  accepted: "The write was accepted; whether it is executed is decided later.",
  executed: "The write was executed.",
  partial: "Part of the write was executed.",
  "prior-received": "An earlier copy of the write had already arrived.",
  unknown: "The response does not show whether the write was executed.",
};
