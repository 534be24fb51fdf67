/** DynamoDB, as one service of AWS: the code is in the body behind a namespace or in a header, and each says whether to retry. */
import { catalogOf, kebab, type List, type Row } from "./list.js";

type Listed = Readonly<Record<string, readonly [retry: Retry, status: number, summary: string]>>;
type Retry = keyof typeof rules | "never";

/** What many services answer. */
const common: Listed = {
  AccessDeniedException: ["never", 400, "The request is not signed as it has to be."],
  IncompleteSignatureException: ["never", 400, "The signature lacks a part."],
  MissingAuthenticationTokenException: ["never", 400, "There is no authorisation header."],
  RequestLimitExceeded: ["throttled", 400, "The account sends too many requests."],
  ThrottlingException: ["throttled", 400, "Too many requests in too short a time."],
  UnrecognizedClientException: ["transient", 400, "The key or the signature is wrong."],
  ValidationException: ["never", 400, "A parameter is missing or wrong."],
  InternalServerError: ["transient", 500, "The service could not process the request."],
  ServiceUnavailable: ["transient", 503, "The service is unavailable for a short time."],
};

const own: Listed = {
  ConditionalCheckFailedException: ["never", 400, "A condition of the request does not hold."],
  ItemCollectionSizeLimitExceededException: ["transient", 400, "A collection is too large."],
  LimitExceededException: ["never", 400, "There are too many operations of this kind."],
  ProvisionedThroughputExceededException: ["throttled", 400, "The table's throughput is exceeded."],
  ReplicatedWriteConflictException: ["transient", 400, "Another region writes the same item."],
  ResourceInUseException: ["never", 400, "The resource is being changed, or exists."],
  ResourceNotFoundException: ["never", 400, "The table does not exist, or not yet."],
};

/** Why a transaction was cancelled. */
const reasons: Readonly<Record<string, string>> = {
  ConditionalCheckFailed: "A condition does not hold.",
  ItemCollectionSizeLimitExceeded: "A collection is too large.",
  None: "Nothing is wrong with this item.",
  ProvisionedThroughputExceeded: "The throughput is exceeded.",
  ThrottlingError: "Too many requests.",
  TransactionConflict: "Another transaction has the item.",
  ValidationError: "The item is not valid.",
};

const cancelled = {
  outcome: "not-executed",
  inferred: { outcome: "a transaction that was cancelled changed nothing" },
};

/** A retry costs more where the service failed than where it asked for time. */
const rules = { throttled: "quota", transient: { from: "quota", cost: 14 } } as const;

const statuses: Readonly<Record<string, string>> = {
  "400": "Something is wrong with the request.",
  "5xx": "Something is wrong at the service.",
};

const listed = (list: Listed, tags: readonly string[]): object =>
  Object.fromEntries(
    Object.entries(list).map(([code, [retry, status, summary]]) => [
      kebab(code),
      {
        code,
        status,
        retry,
        tags: [...tags, ...(retry === "never" ? [] : ["retryable"])],
        summary,
      },
    ]),
  );

const shared = catalogOf(
  {
    title: "Error handling with DynamoDB",
    url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html",
  },
  {
    api: { title: "AWS", summary: "What many services answer alike.", codes: "string" },
    channels: {
      http: {
        transport: "http",
        code: [
          { at: "/__type", after: "#" },
          { header: "x-amzn-errortype", before: ":" },
          // Of a reason.
          "/Code",
        ],
        message: ["/message", "/Message"],
        ...{ causes: "/CancellationReasons/*", cite: "list" },
      },
    },
    statuses: {
      "200": {
        success: true,
        summary: "The request succeeded.",
      },
      ...Object.fromEntries(Object.entries(statuses).map(([key, summary]) => [key, { summary }])),
    },
    errors: listed(common, ["common"]),
    retry: Object.fromEntries(
      Object.entries(rules).map(([name, budget]) => [
        name,
        {
          verdict: "retry",
          delay: [
            { exponential: { "initial-backoff": "1s", multiplier: 2, "max-backoff": "20s" } },
          ],
          ...{ "max-attempts": 3, identity: "same", budget, cite: "retries" },
          summary: `As the SDKs do where the service is ${name}.`,
        },
      ]),
    ),
    budgets: {
      quota: {
        ...{ tokens: 500, cost: 5, refund: 1, cite: "retries" },
        summary: "What the SDKs allow a client.",
      },
    },
  },
);

/** What the service adds to it. */
const catalog = {
  api: { title: "DynamoDB", summary: "Keeps items in tables.", extends: ["common"] },
  operations: {
    write: {
      ...{ kind: "write", idempotency: "token", summary: "Writes in one transaction." },
      ...{ cite: "list" },
    },
    "put-item": {
      ...{ kind: "write", summary: "Writes an item.", cite: "list" },
      undocumented: ["idempotency"],
    },
    read: { kind: "read", summary: "Reads an item.", cite: "list" },
  },
  idempotency: {
    token: {
      ...{ at: "/ClientRequestToken", window: "10m", cite: "list" },
      ...{ duplicate: { some: "replayed", all: "replayed" }, summary: "Chosen by the client." },
    },
  },
  errors: {
    ...listed(own, ["dynamodb"]),
    "transaction-cancelled": {
      ...{ code: "TransactionCanceledException", status: 400, ...cancelled },
      summary: "The whole transaction was cancelled, for the reasons given.",
    },
    ...Object.fromEntries(
      Object.entries(reasons).map(([code, summary]) => [
        `cancelled-${kebab(code)}`,
        { code, ...cancelled, summary },
      ]),
    ),
  },
};

const refused = (type: string, message: string, status = 400, more = {}): Row[0] => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...more },
});
const headed = (type: string, body: unknown, status = 400): Row[0] => ({
  ...{ status, headers: { "X-Amzn-ErrorType": type }, body },
});

const replies: readonly Row[] = [
  [{ status: 200, body: { Item: { id: { S: "1" } } } }, "ok x.ok unknown", "none"],
  [{ status: 200, body: {} }, "ok x.ok unknown", "none"],
  [
    refused("ResourceNotFoundException", "Requested resource not found"),
    "x.resource-not-found-exception unknown",
    "reconcile unknown",
  ],
  [
    refused("ConditionalCheckFailedException", "The conditional request failed"),
    "x.conditional-check-failed-exception unknown",
    "reconcile unknown",
  ],
  [
    refused("ThrottlingException", "Rate of requests exceeds the allowed throughput"),
    "x.throttling-exception unknown",
    "retry after 1000",
  ],
  // Without a key, a write is looked up first, and a read is sent again.
  [
    refused("ThrottlingException", "Rate of requests exceeds the allowed throughput"),
    "x.throttling-exception unknown",
    "reconcile unknown pause 1000",
    { operation: "put-item" },
  ],
  [
    refused("ThrottlingException", "Rate of requests exceeds the allowed throughput"),
    "x.throttling-exception unknown",
    "retry after 1000",
    { operation: "read" },
  ],
  // A budget that pays a throttled retry may not pay one of a failure.
  [
    refused("InternalServerError", "Internal error", 500),
    "x.internal-server-error unknown",
    "reconcile unknown pause 1000",
    { tokens: 13 },
  ],
  [
    refused("RequestLimitExceeded", "Too many"),
    "x.request-limit-exceeded unknown",
    "retry after 1000",
    { tokens: 13 },
  ],
  [
    { status: 400, body: { __type: "ValidationException", Message: "Wrong" } },
    "x.validation-exception unknown",
    "reconcile unknown",
  ],
  // The code in a header, with what a proxy or the service put after it.
  [
    headed("ValidationException:http://internal.amazon.com/coral/com.amazon.coral.validate/", {
      message: "Wrong",
    }),
    "x.validation-exception unknown",
    "reconcile unknown",
  ],
  [headed("AccessDeniedException", null), "x.access-denied-exception unknown", "reconcile unknown"],
  [
    headed("ServiceUnavailable", "<html></html>", 503),
    "x.service-unavailable unknown",
    "retry after 1000",
  ],
  [
    refused("TransactionCanceledException", "Transaction cancelled", 400, {
      CancellationReasons: [
        { Code: "None" },
        { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
      ],
    }),
    "x.transaction-cancelled not-executed",
    "reconcile not-executed",
  ],
  [
    refused("TransactionCanceledException", "Transaction cancelled"),
    "x.transaction-cancelled not-executed",
    "reconcile not-executed",
  ],
  // Moved to another status; of tomorrow; and a page of a proxy.
  [
    refused("ThrottlingException", "Slow down", 503),
    "x.throttling-exception unknown, unexpected status",
    "retry after 1000",
  ],
  [
    refused("OfTomorrowException", "Who knows"),
    "x.bad-request unknown, unexpected body",
    "reconcile unknown",
  ],
  [refused("OfTomorrowException", "Who knows", 200), "x.unknown (code)", "reconcile unknown"],
  [
    { status: 502, body: "<html></html>" },
    "x.server-error unknown, unexpected body",
    "reconcile unknown",
  ],
];

const retried = [...Object.keys(common), ...Object.keys(own)];

export const aws: List = {
  catalog,
  shared: {
    ...shared,
    sources: {
      ...(shared["sources"] as object),
      retries: {
        title: "Retry behavior",
        url: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
        read: "2026-11-27",
      },
    },
  },
  count: retried.length + Object.keys(reasons).length + Object.keys(statuses).length + 2,
  gives: retried.map((code) => `${kebab(code)} retry`),
  follows: [
    "transaction-cancelled outcome",
    ...Object.keys(reasons).map((code) => `cancelled-${kebab(code)} outcome`),
  ],
  replies,
};
