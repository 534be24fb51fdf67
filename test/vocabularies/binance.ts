/** Binance's spot API: codes that come with many texts, and limits that its headers tell of. */
import { catalogOf, kebab, type List, type Row } from "./list.js";

const codes: Readonly<Record<number, readonly [name: string, summary: string]>> = {
  [-1000]: ["UNKNOWN", "An unknown error."],
  [-1001]: ["DISCONNECTED", "An internal error; try again."],
  [-1002]: ["UNAUTHORIZED", "The request is not authorised."],
  [-1003]: ["TOO_MANY_REQUESTS", "Too many requests."],
  [-1006]: ["UNEXPECTED_RESP", "An unexpected response from within; execution status unknown."],
  [-1007]: ["TIMEOUT", "No response from the backend in time; execution status unknown."],
  [-1008]: ["SERVER_BUSY", "The server is overloaded; try again in a few minutes."],
  [-1010]: ["ERROR_MSG_RECEIVED", "The matching engine returned an error."],
  [-1013]: ["INVALID_MESSAGE", "The request did not reach the matching engine."],
  [-1015]: ["TOO_MANY_ORDERS", "Too many new orders."],
  [-1021]: ["INVALID_TIMESTAMP", "The timestamp is outside of the window, or ahead."],
  [-1022]: ["INVALID_SIGNATURE", "The signature is wrong."],
  [-1100]: ["ILLEGAL_CHARS", "A parameter has illegal characters."],
  [-1102]: ["MANDATORY_PARAM_EMPTY_OR_MALFORMED", "A required parameter is missing or broken."],
  [-1111]: ["BAD_PRECISION", "A parameter has too much precision."],
  [-1121]: ["BAD_SYMBOL", "The symbol is not valid."],
  [-2010]: ["NEW_ORDER_REJECTED", "The matching engine rejected the order."],
  [-2011]: ["CANCEL_REJECTED", "The matching engine rejected the cancellation."],
  [-2013]: ["NO_SUCH_ORDER", "The order does not exist."],
  [-2015]: ["REJECTED_MBX_KEY", "The key, the address or the rights do not fit."],
};

/** What comes with the codes -1010, -1013, -2010 and -2011. */
const texts: Readonly<Record<string, string>> = {
  "Unknown order sent.": "The order was not found.",
  "Duplicate order sent.": "The client's order id is in use.",
  "Market is closed.": "The symbol is not trading.",
  "Account has insufficient balance for requested action.": "There is too little money.",
  "Market orders are not supported for this symbol.": "The symbol takes no market orders.",
  "Iceberg orders are not supported for this symbol.": "The symbol takes no iceberg orders.",
  "Price * QTY is zero or less.": "Price times quantity is too low.",
  "IcebergQty exceeds QTY.": "The visible part is more than the whole.",
  "This action is disabled on this account.": "The account may not do this.",
  "This account may not place or cancel orders.": "The account may not trade.",
  "Unsupported order combination": "These parameters do not go together.",
  "Order would trigger immediately.": "The stop price is on the wrong side of the last trade.",
  "Order would immediately match and take.": "It would not be a pure maker order.",
};

/** What comes with -1013 where a filter of the symbol refuses an order. */
const filters = ["PRICE_FILTER", "LOT_SIZE", "MIN_NOTIONAL", "MAX_NUM_ORDERS"];

const statuses: Readonly<Record<string, readonly [summary: string, facts?: object]>> = {
  "4xx": ["The request is malformed."],
  "403": ["A rule of the firewall was violated."],
  "418": ["The address was banned for sending on after 429.", { retry: "wait" }],
  "429": ["A request rate limit was broken.", { retry: "wait" }],
  "5xx": ["An internal error; the execution status is unknown.", { outcome: "unknown" }],
};

const told: Readonly<Record<number, object>> = {
  [-1006]: { outcome: "unknown" },
  [-1007]: { outcome: "unknown" },
  [-1003]: { retry: "wait", status: [429, 418] },
  [-1013]: {
    outcome: "not-executed",
    inferred: { outcome: "what does not reach the matching engine does nothing" },
  },
};

const banned = "Way too much request weight used; IP banned until {until:epoch-ms}.";
const tooMuch = "Too much request weight used; current limit is {limit:integer} request weight per";
const advised = "Please use WebSocket Streams for live updates to avoid";

const errors: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    Object.entries(codes).map(([code, [name, summary]]) => [
      name === "UNKNOWN" ? "vendor-unknown" : kebab(name),
      { code: Number(code), summary, ...told[Number(code)] },
    ]),
  ),
  "banned-until": {
    ...{ code: -1003, status: 418, message: `${banned} ${advised} bans.`, retry: "wait-until" },
    summary: "Far too much weight was used.",
  },
  "weight-used": {
    ...{ code: -1003, status: 429, retry: "wait" },
    message: `${tooMuch} {per:string}. ${advised} polling the API.`,
    summary: "Too much weight was used.",
  },
  ...Object.fromEntries(
    Object.entries(texts).map(([message, summary]) => [
      kebab(message),
      { code: [-1010, -1013, -2010, -2011], message, summary },
    ]),
  ),
  "filter-failure": {
    ...{ code: -1013, message: "Filter failure: {filter:word}", ...told[-1013] },
    summary: "A filter of the symbol refuses the order.",
  },
  ...Object.fromEntries(
    filters.map((filter) => [
      kebab(filter),
      {
        ...{ code: -1013, message: `Filter failure: ${filter}`, ...told[-1013] },
        summary: `The filter ${filter} of the symbol refuses the order.`,
      },
    ]),
  ),
};

const used = (count: number, per: string, header: string, scope: string): object => ({
  ...{ count, per, of: "weight", scope, used: { header }, answer: "too-many-requests-429" },
  ...{ summary: `${count} in ${per}.`, cite: "list" },
});

/** A minute where nothing says how long. */
function rule(...told: readonly object[]): object {
  return {
    ...{ verdict: "retry", delay: [...told, { fixed: "1m" }], "max-delay": "3d" },
    ...{ "max-attempts": 3, identity: "none", pause: "ip", cite: "list" },
    summary: "As long as the response says.",
    policy: {
      "delay.fixed": "the weight is counted by the minute",
      "max-attempts": "the page gives no number",
      identity: "no key holds for an order that was executed",
    },
    inferred: { "max-delay": "the longest ban" },
  };
}

const catalog = catalogOf(
  {
    title: "Error codes for Binance",
    url: "https://github.com/binance/binance-spot-api-docs/blob/master/errors.md",
  },
  {
    api: { title: "Binance spot API", summary: "An exchange.", codes: "integer" },
    channels: { http: { transport: "http", code: "/code", message: "/msg", cite: "list" } },
    operations: {
      write: {
        ...{ kind: "write", request: "POST /api/v3/order", summary: "Places an order." },
        ...{ weight: { "request-weight": 1, orders: 1 }, cite: "list" },
        undocumented: ["idempotency"],
      },
      account: {
        ...{ kind: "read", request: "GET /api/v3/account", summary: "Reads the account." },
        ...{ weight: { "request-weight": 20, orders: 0 }, cite: "list" },
      },
    },
    statuses: {
      "200": {
        success: true,
        summary: "The request succeeded.",
      },
      ...Object.fromEntries(
        Object.entries(statuses).map(([status, [summary, facts]]) => [
          status,
          {
            ...(status === "418" ? { name: "banned" } : {}),
            ...(status === "429" ? { name: "too-many-requests-429" } : {}),
            ...{ summary, ...facts },
          },
        ]),
      ),
    },
    errors,
    limits: {
      "request-weight": used(6000, "1m", "x-mbx-used-weight-1m", "ip"),
      orders: used(100, "10s", "x-mbx-order-count-10s", "account"),
    },
    retry: {
      wait: rule({ header: "retry-after" }),
      "wait-until": { ...rule({ header: "retry-after" }, { field: "until" }), combine: "longest" },
    },
  },
);

const now = 1_659_146_340_000;
const said = (status: number, code: number | string, msg: string, headers = {}): Row[0] => ({
  ...{ status, headers, body: { code, msg } },
});

const replies: readonly Row[] = [
  [{ status: 200, body: { symbol: "BTCUSDT", orderId: 28 } }, "ok x.ok unknown", "none"],
  [said(400, -1121, "Invalid symbol."), "x.bad-symbol unknown", "reconcile unknown"],
  [
    said(400, -2010, "Account has insufficient balance for requested action."),
    "x.account-has-insufficient-balance-for-requested-action unknown",
    "reconcile unknown",
  ],
  [said(400, -2011, "Unknown order sent."), "x.unknown-order-sent unknown", "reconcile unknown"],
  [said(400, "-2010", "Market is closed."), "x.market-is-closed unknown", "reconcile unknown"],
  // A text of tomorrow is what its code is.
  [said(400, -2010, "Of tomorrow."), "x.new-order-rejected unknown", "reconcile unknown"],
  [said(400, -1010, "Of tomorrow."), "x.error-msg-received unknown", "reconcile unknown"],
  // A known text with another code is what that code is.
  [said(400, -2013, "Unknown order sent."), "x.no-such-order unknown", "reconcile unknown"],
  [
    said(400, -1013, "Filter failure: LOT_SIZE"),
    "x.lot-size not-executed",
    "reconcile not-executed",
  ],
  [
    said(400, -1013, "Filter failure: OF_TOMORROW"),
    "x.filter-failure not-executed",
    "reconcile not-executed",
  ],
  [
    said(400, -1999, "Of tomorrow."),
    "x.client-error unknown, unexpected body",
    "reconcile unknown",
  ],
  [said(200, -1999, "Of tomorrow."), "x.unknown (code)", "reconcile unknown"],
  [
    said(
      418,
      -1003,
      `Way too much request weight used; IP banned until ${now + 60_000}. ${advised} bans.`,
    ),
    "x.banned-until unknown",
    "reconcile unknown pause 60000",
    { nowMs: now },
  ],
  // The header and the text: the longer one.
  [
    said(
      418,
      -1003,
      `Way too much request weight used; IP banned until ${now + 60_000}. ${advised} bans.`,
      { "retry-after": "120" },
    ),
    "x.banned-until unknown",
    "reconcile unknown pause 120000",
    { nowMs: now },
  ],
  [
    said(
      429,
      -1003,
      `Too much request weight used; current limit is 6000 request weight per 1 MINUTE. ${advised} polling the API.`,
      { "Retry-After": "7" },
    ),
    "x.weight-used unknown",
    "reconcile unknown pause 7000",
  ],
  [
    said(200, -1003, "Too many requests queued."),
    "x.too-many-requests unknown, unexpected status",
    "reconcile unknown pause 60000",
  ],
  [{ status: 418, body: "" }, "x.banned unknown", "reconcile unknown pause 60000"],
  [said(504, -1007, "Timeout waiting for response."), "x.timeout unknown", "reconcile unknown"],
  [
    { status: 503, body: "<html>Service unavailable</html>" },
    "x.server-error unknown, unexpected body",
    "reconcile unknown",
  ],
  [said(502, -1000, "An unknown error."), "x.vendor-unknown unknown", "reconcile unknown"],
];

export const binance: List = {
  catalog,
  count:
    [codes, texts, filters, statuses].reduce((n, all) => n + Object.keys(all).length, 0) +
    // The success, two longer texts of -1003, and the pattern of all filters.
    4,
  gives: [
    ...["banned retry", "too-many-requests-429 retry", "too-many-requests retry"],
    ...["banned-until retry", "weight-used retry", "server-error outcome"],
    ...["unexpected-resp outcome", "timeout outcome"],
  ],
  follows: ["invalid-message", "filter-failure", ...filters.map(kebab)].map(
    (name) => `${name} outcome`,
  ),
  replies,
};
