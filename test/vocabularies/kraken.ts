/** Kraken: every answer is a 200 with a list of errors, each a severity, a category and a text in one string. */
import { catalogOf, kebab, type List, type Row } from "./list.js";

const errors: Readonly<Record<string, string>> = {
  "EAPI:Invalid key": "The key is wrong, or has expired.",
  "EAPI:Invalid nonce": "The nonce is not higher than the last one.",
  "EAPI:Invalid signature": "The signature is wrong.",
  "EAPI:Rate limit exceeded": "Too many calls; the counter falls by itself.",
  "EFunding:Max fee exceeded": "The fee is more than the caller allowed.",
  "EFunding:Unknown withdraw key": "The address of a withdrawal is not known by this name.",
  "EGeneral:Internal error": "An internal error.",
  "EGeneral:Invalid arguments": "The request is malformed, or an argument is wrong.",
  "EGeneral:Permission denied": "The key may not do this.",
  "EGeneral:Temporary lockout": "The address is locked out for about a quarter of an hour.",
  "EOrder:Cannot open position": "The account may not trade with a margin.",
  "EOrder:Insufficient funds": "The account has too little money.",
  "EOrder:Insufficient margin": "The exchange has too little to lend.",
  "EOrder:Order minimum not met": "The volume is less than the minimum.",
  "EOrder:Orders limit exceeded": "There are too many open orders.",
  "EOrder:Rate limit exceeded": "Too many orders were placed or cancelled.",
  "EOrder:Unknown order": "The order is not known.",
  "EQuery:Unknown asset pair": "There is no such pair.",
  "EService:Busy": "The service is too busy.",
  "EService:Deadline elapsed": "The request ran out of the time that the client gave it.",
  "EService:Unavailable": "The service is down.",
};

const categories = ["API", "Funding", "General", "Order", "Query", "Service", "Trade"];

const severities = { E: "error", W: "warning" };

const told: Readonly<Record<string, object>> = {
  "EGeneral:Temporary lockout": { retry: "locked-out" },
};

const catalog = catalogOf(
  {
    title: "API error messages",
    url: "https://support.kraken.com/hc/en-us/articles/360001491786-API-error-messages",
  },
  {
    api: { title: "Kraken REST API", summary: "An exchange.", codes: "string" },
    channels: {
      http: {
        ...{ transport: "http", code: "/error/*", success: { "/error": "empty" } },
        cite: "list",
      },
    },
    operations: {
      write: {
        ...{ kind: "write", request: "POST /0/private/AddOrder", summary: "Places an order." },
        ...{ cite: "list", undocumented: ["idempotency"] },
      },
    },
    errors: {
      result: {
        ...{ where: { "/result": "present" }, success: true },
        summary: "The result of the call.",
      },
      ...Object.fromEntries(
        Object.entries(severities).map(([letter, severity]) => [
          `any-${severity}`,
          { code: `${letter}*`, severity, summary: `Some ${severity}.` },
        ]),
      ),
      ...Object.fromEntries(
        Object.keys(severities).flatMap((letter) =>
          categories.map((category) => [
            kebab(`${letter} ${category}`),
            { code: `${letter}${category}:*`, tags: [kebab(category)], summary: category },
          ]),
        ),
      ),
      ...Object.fromEntries(
        Object.entries(errors).map(([code, summary]) => [
          kebab(code),
          { code, summary, ...told[code] },
        ]),
      ),
    },
    retry: {
      "locked-out": {
        ...{ verdict: "retry", delay: [{ fixed: "15m" }], "max-attempts": 2, identity: "none" },
        ...{ pause: "ip", summary: "A quarter of an hour later.", cite: "list" },
        policy: { "max-attempts": "the page gives no number" },
        inferred: { identity: "the page has no key" },
      },
    },
  },
);

const said = (error: unknown, rest: object = {}, status = 200): Row[0] => ({
  ...{ status, body: { error, ...rest } },
});
const placed = { result: { descr: { order: "buy 1 XBTUSD" }, txid: ["O-1"] } };

const replies: readonly Row[] = [
  [said([], placed), "ok x.result unknown", "none"],
  [
    said(["EOrder:Insufficient funds"]),
    "x.e-order-insufficient-funds unknown",
    "reconcile unknown",
  ],
  [
    said(["EQuery:Unknown asset pair"]),
    "x.e-query-unknown-asset-pair unknown",
    "reconcile unknown",
  ],
  [said(["EAPI:Rate limit exceeded"]), "x.eapi-rate-limit-exceeded unknown", "reconcile unknown"],
  // Nobody listed these: they are what their category is, or their severity.
  [said(["EOrder:Of tomorrow"]), "x.e-order unknown", "reconcile unknown"],
  [said(["EService:Market in cancel_only mode"]), "x.e-service unknown", "reconcile unknown"],
  [said(["ETomorrow:Who knows"]), "x.any-error unknown", "reconcile unknown"],
  [said(["WGeneral:Beware"]), "x.w-general unknown", "reconcile unknown"],
  // With more after a second colon.
  [said(["EGeneral:Invalid arguments:volume"]), "x.e-general unknown", "reconcile unknown"],
  [said(["Something else"]), "x.unknown (code)", "reconcile unknown"],
  // Several in one body; and a result beside an error.
  [
    said(["EGeneral:Temporary lockout", "EAPI:Invalid nonce"]),
    "x.eapi-invalid-nonce unknown",
    "reconcile unknown pause 900000",
  ],
  [said(["WGeneral:Beware"], placed), "x.w-general unknown", "reconcile unknown"],
  [said(["EOrder:Unknown order"], placed), "x.e-order-unknown-order unknown", "reconcile unknown"],
  [
    said(["EGeneral:Temporary lockout"]),
    "x.e-general-temporary-lockout unknown",
    "reconcile unknown pause 900000",
  ],
  // Without a list, nothing is known.
  [{ status: 200, body: {} }, "x.unknown (shape)", "reconcile unknown"],
  [said([""], placed), "x.unknown (shape)", "reconcile unknown"],
  [said(["EService:Unavailable"], {}, 503), "x.e-service-unavailable unknown", "reconcile unknown"],
  [{ status: 520, body: "<html></html>" }, "x.unknown (not-json)", "reconcile unknown"],
];

export const kraken: List = {
  catalog,
  count: Object.keys(errors).length + 2 * categories.length + 3,
  gives: ["e-general-temporary-lockout retry"],
  follows: [],
  severities: {
    error: Object.keys(errors).length + categories.length + 1,
    warning: categories.length + 1,
  },
  replies,
};
