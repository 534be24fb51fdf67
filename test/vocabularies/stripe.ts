/** Stripe's errors: a type, a code, and for a card that was declined a code of its own. */
import { catalogOf, kebab, type List, type Row } from "./list.js";

const types: Readonly<Record<string, string>> = {
  api_error: "Anything else, such as a problem with Stripe's servers.",
  card_error: "The card cannot be charged.",
  idempotency_error: "A key is used again with another endpoint or other parameters.",
  invalid_request_error: "The request has invalid parameters.",
};

const codes: Readonly<Record<string, string>> = {
  account_invalid: "The account ID of the header is invalid.",
  amount_too_large: "The amount is greater than the maximum.",
  amount_too_small: "The amount is less than the minimum.",
  api_key_expired: "The API key has expired.",
  balance_insufficient: "The account's balance is too low for the transfer or payout.",
  card_declined: "The card was declined.",
  charge_already_captured: "The charge was captured before.",
  charge_already_refunded: "The charge was refunded before.",
  expired_card: "The card has expired.",
  idempotency_key_in_use: "Another request is using the idempotency key.",
  incorrect_cvc: "The card's security code is wrong.",
  incorrect_number: "The card's number is wrong.",
  lock_timeout: "Another request is using the object; retry the request.",
  parameter_missing: "A required value is missing.",
  parameter_unknown: "There is a parameter that the API does not know.",
  processing_error: "The card could not be processed.",
  rate_limit: "Too many requests in too short a time; back off exponentially.",
  resource_missing: "What the ID stands for does not exist, or belongs to somebody else.",
  secret_key_required: "A publishable key was used where a secret one is needed.",
};

/** Why a card was declined; all come with the code card_declined. */
const declines: Readonly<Record<string, string>> = {
  approve_with_id: "The payment cannot be authorised.",
  call_issuer: "No reason is known.",
  card_not_supported: "The card does not support this kind of purchase.",
  card_velocity_exceeded: "The balance or the credit limit is exceeded.",
  currency_not_supported: "The card does not support the currency.",
  do_not_honor: "No reason is known.",
  do_not_try_again: "No reason is known.",
  duplicate_transaction: "The same amount was charged to the same card very recently.",
  fraudulent: "Stripe suspects fraud.",
  generic_decline: "No reason is known, or Stripe blocked the payment.",
  insufficient_funds: "The card has too little money for the purchase.",
  issuer_not_available: "The issuer could not be reached.",
  lost_card: "The card was reported lost.",
  stolen_card: "The card was reported stolen.",
  try_again_later: "No reason is known.",
  withdrawal_count_limit_exceeded: "The balance or the credit limit is exceeded.",
};

const statuses: Readonly<Record<string, string>> = {
  "400": "The request was unacceptable, often because a parameter is missing.",
  "401": "There is no valid API key.",
  "402": "The parameters were valid, but the request failed.",
  "403": "The API key may not do this.",
  "404": "The resource does not exist.",
  "409": "The request conflicts with another one, perhaps by its key.",
  "429": "Too many requests in too short a time; back off exponentially.",
  "5xx": "Something went wrong on Stripe's end.",
};

const retried: Readonly<Record<string, object>> = {
  lock_timeout: { retry: "again" },
  rate_limit: { retry: "again" },
  card_declined: {
    outcome: "not-executed",
    inferred: { outcome: "a card that was declined was not charged" },
  },
};

const errors: Readonly<Record<string, object>> = {
  ...mapped(types, (type, summary) => ({ codes: { type }, summary })),
  ...mapped(codes, (code, summary) => ({ code, summary, ...retried[code] })),
  ...Object.fromEntries(
    Object.entries(declines).map(([decline, summary]) => [
      `declined-${kebab(decline)}`,
      { code: "card_declined", codes: { decline }, summary, ...retried["card_declined"] },
    ]),
  ),
};

function mapped(
  list: Readonly<Record<string, string>>,
  entry: (wire: string, summary: string) => object,
): Record<string, object> {
  return Object.fromEntries(
    Object.entries(list).map(([wire, summary]) => [kebab(wire), entry(wire, summary)]),
  );
}

const docs = "https://docs.stripe.com";

const catalog = catalogOf(
  { title: "Errors", url: `${docs}/api/errors` },
  {
    api: { title: "Stripe API", summary: "Takes payments.", codes: "string" },
    channels: {
      http: {
        ...{ transport: "http", code: "/error/code", message: "/error/message" },
        // Every object says what it is, and no error does outside of this member.
        ...{ success: { "/object": "present" }, failure: { "/error": "present" }, cite: "list" },
      },
    },
    codes: {
      type: { at: "/error/type", type: "string", summary: "The type.", cite: "list" },
      decline: {
        ...{ at: "/error/decline_code", type: "string", cite: "list" },
        summary: "Why the card's issuer declined it.",
      },
    },
    operations: {
      write: {
        ...{ kind: "write", request: "POST /v1/payment_intents", idempotency: "key" },
        ...{ summary: "Charges a card.", cite: "list" },
      },
    },
    idempotency: {
      key: {
        ...{ header: "Idempotency-Key", window: "24h", replay: "idempotent-replayed" },
        ...{ duplicate: { some: "replayed", all: "replayed" }, cite: "list" },
        summary: "Chosen by the client; kept for a day at least.",
      },
    },
    statuses: {
      "200": {
        ...{ success: true, outcome: "executed" },
        summary: "Everything worked as expected.",
      },
      ...Object.fromEntries(
        Object.entries(statuses).map(([status, summary]) => [
          status,
          { ...(status === "429" ? { retry: "again" } : {}), summary },
        ]),
      ),
    },
    errors,
    retry: {
      again: {
        verdict: "retry",
        delay: [{ exponential: { "initial-backoff": "500ms", multiplier: 2 } }],
        ...{ "max-delay": "8s", "max-attempts": 4, identity: "same" },
        ...{ summary: "Later, with the same key.", cite: "list" },
        policy: {
          delay: "the page says exponential, and gives no numbers",
          "max-delay": "the page gives none",
          "max-attempts": "the page gives none",
        },
      },
    },
  },
);

const refused = (status: number, error: object): Row[0] => ({ status, body: { error } });
const declined = (decline_code: string, status = 402): Row[0] =>
  refused(status, {
    ...{ code: "card_declined", decline_code, type: "card_error" },
    message: "Your card was declined.",
  });

const replies: readonly Row[] = [
  [
    { status: 200, body: { id: "pi_1", object: "payment_intent", status: "succeeded" } },
    "ok x.ok executed",
    "none",
  ],
  // A success without a mark proves nothing.
  [{ status: 200, body: { id: "pi_1" } }, "x.unknown (shape)", "reconcile unknown"],
  [
    declined("insufficient_funds"),
    "x.declined-insufficient-funds not-executed",
    "reconcile not-executed",
  ],
  [declined("lost_card"), "x.declined-lost-card not-executed", "reconcile not-executed"],
  [declined("lost_card", 400), "x.declined-lost-card not-executed", "reconcile not-executed"],
  // One of tomorrow is still a card that was declined.
  [declined("expired_tomorrow"), "x.card-declined not-executed", "reconcile not-executed"],
  [
    refused(402, { code: "card_declined", message: "Your card was declined.", type: "card_error" }),
    "x.card-declined not-executed",
    "reconcile not-executed",
  ],
  [
    refused(402, { code: "incorrect_cvc", message: "Wrong code.", type: "card_error" }),
    "x.incorrect-cvc unknown",
    "reconcile unknown",
  ],
  // A code that nobody listed has its type; so has an error without a code.
  [
    refused(400, { code: "of_tomorrow", message: "Who knows", type: "invalid_request_error" }),
    "x.invalid-request-error unknown",
    "reconcile unknown",
  ],
  [
    refused(400, { message: "Keys for idempotent requests…", type: "idempotency_error" }),
    "x.idempotency-error unknown",
    "reconcile unknown",
  ],
  [
    refused(404, {
      ...{ code: "resource_missing", param: "customer", type: "invalid_request_error" },
      message: "No such customer: 'cus_1'",
    }),
    "x.resource-missing unknown",
    "reconcile unknown",
  ],
  [
    refused(429, {
      ...{ code: "rate_limit", type: "invalid_request_error" },
      message: "Request rate limit exceeded.",
    }),
    "x.rate-limit unknown",
    "retry after 500",
  ],
  // Moved to another status.
  [
    refused(503, { code: "lock_timeout", type: "invalid_request_error", message: "Busy." }),
    "x.lock-timeout unknown",
    "retry after 500",
  ],
  [{ status: 429, body: "" }, "x.too-many-requests unknown", "retry after 500"],
  [
    { status: 502, body: "<html>Bad gateway</html>" },
    "x.server-error unknown, unexpected body",
    "reconcile unknown",
  ],
  // A success around an error is none.
  [
    { status: 200, body: { object: "payment_intent", error: { type: "card_error" } } },
    "x.card-error unknown",
    "reconcile unknown",
  ],
];

export const stripe: List = {
  catalog,
  count: [types, codes, declines, statuses].reduce((n, all) => n + Object.keys(all).length, 1),
  gives: ["ok outcome", "too-many-requests retry", "rate-limit retry", "lock-timeout retry"],
  follows: ["card-declined", ...Object.keys(declines).map((one) => `declined-${kebab(one)}`)].map(
    (name) => `${name} outcome`,
  ),
  replies,
};
