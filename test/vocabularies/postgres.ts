/** SQLSTATE codes of PostgreSQL, in classes of two letters, as the frames of its protocol bring them. */
import { catalogOf, kebab, type List, type Row } from "./list.js";

/** Class, its title, whether it is an error or a warning, and some of its codes with their names. */
const classes: readonly (readonly [string, string, "E" | "W", Readonly<Record<string, string>>])[] =
  [
    ["01", "Warning", "W", { "01000": "warning", "01007": "privilege_not_granted" }],
    ["02", "No Data", "W", { "02000": "no_data" }],
    [
      "08",
      "Connection Exception",
      "E",
      { "08006": "connection_failure", "08007": "transaction_resolution_unknown" },
    ],
    ["0A", "Feature Not Supported", "E", { "0A000": "feature_not_supported" }],
    [
      "22",
      "Data Exception",
      "E",
      {
        "22001": "string_data_right_truncation",
        "22003": "numeric_value_out_of_range",
        "22012": "division_by_zero",
        "22P02": "invalid_text_representation",
      },
    ],
    [
      "23",
      "Integrity Constraint Violation",
      "E",
      {
        "23000": "integrity_constraint_violation",
        "23502": "not_null_violation",
        "23503": "foreign_key_violation",
        "23505": "unique_violation",
        "23514": "check_violation",
        "23P01": "exclusion_violation",
      },
    ],
    ["25", "Invalid Transaction State", "E", { "25P02": "in_failed_sql_transaction" }],
    ["28", "Invalid Authorization Specification", "E", { "28P01": "invalid_password" }],
    [
      "40",
      "Transaction Rollback",
      "E",
      {
        "40001": "serialization_failure",
        "40003": "statement_completion_unknown",
        "40P01": "deadlock_detected",
      },
    ],
    [
      "42",
      "Syntax Error or Access Rule Violation",
      "E",
      { "42501": "insufficient_privilege", "42601": "syntax_error", "42P01": "undefined_table" },
    ],
    [
      "53",
      "Insufficient Resources",
      "E",
      { "53100": "disk_full", "53300": "too_many_connections" },
    ],
    [
      "57",
      "Operator Intervention",
      "E",
      { "57014": "query_canceled", "57P01": "admin_shutdown", "57P03": "cannot_connect_now" },
    ],
    ["XX", "Internal Error", "E", { XX000: "internal_error", XX001: "data_corrupted" }],
  ];

/** The page on serialization failures advises to send the whole transaction again after these. */
const again = ["40001", "40P01"];

const warning = {
  success: true,
  severity: "warning",
};

function meaning(code: string): object {
  if (again.includes(code)) return { retry: "again", cite: ["list", "serialization"] };
  if (code === "40003")
    return { outcome: "unknown", inferred: { outcome: "this is what its name says" } };
  return {};
}

const sockets = Object.fromEntries(
  classes.flatMap(([head, title, severity, codes]): [string, object][] => {
    const own = severity === "W" ? warning : { severity: "error" };
    return [
      [
        `class-${kebab(head)}`,
        {
          code: `${head}*`,
          title: `Class ${head}: ${title}`,
          ...own,
          ...(head === "40"
            ? {
                outcome: "not-executed",
                inferred: { outcome: "a transaction that was rolled back changed nothing" },
              }
            : {}),
          summary: title,
        },
      ],
      ...Object.entries(codes).map(([code, name]): [string, object] => [
        kebab(name),
        {
          code,
          ...(severity === "W" ? warning : {}),
          ...meaning(code),
          summary: name,
        },
      ]),
    ];
  }),
);

const page = "https://www.postgresql.org/docs/current";

const catalog = catalogOf(
  { title: "PostgreSQL Error Codes", url: `${page}/errcodes-appendix.html` },
  {
    api: { title: "PostgreSQL", summary: "Answers SQL.", codes: "string" },
    channels: {
      frames: {
        transport: "socket",
        // A notice has a code, too, and it may be that of an error, as of a table that exists already.
        code: { at: "/code", when: { "/severity": ["ERROR", "FATAL", "PANIC", "WARNING"] } },
        message: { at: "/message", when: { "/severity": ["ERROR", "FATAL", "PANIC", "WARNING"] } },
        cite: "fields",
      },
    },
    operations: { write: { kind: "write", summary: "Commits.", undocumented: ["idempotency"] } },
    sockets,
    retry: {
      again: {
        ...{ verdict: "retry", delay: [{ fixed: "100ms" }], "max-attempts": 5, identity: "none" },
        summary: "The whole transaction again, from its first statement.",
        cite: "serialization",
        policy: {
          delay: "the page gives no wait",
          "max-attempts": "the page gives no number",
        },
        inferred: { identity: "a transaction has no key" },
      },
    },
  },
);

const source = (title: string, path: string): object => ({
  ...{ title, url: `${page}/${path}.html`, read: "2026-11-27" },
});

const error = (code: string, message: string, severity = "ERROR"): Row[0] => ({
  frame: { severity, code, message },
});

const replies: readonly Row[] = [
  [
    error("23505", 'duplicate key value violates unique constraint "a_pkey"'),
    "x.unique-violation unknown",
    "reconcile unknown",
  ],
  // Nobody listed these: they are what their class is.
  [error("23P99", "something of tomorrow"), "x.class-23 unknown", "reconcile unknown"],
  [error("40002", "rolled back"), "x.class-40 not-executed", "reconcile not-executed"],
  [error("XX999", "what is this"), "x.class-xx unknown", "reconcile unknown"],
  [
    error("40001", "could not serialize access due to concurrent update"),
    "x.serialization-failure not-executed",
    "retry after 100",
  ],
  [error("40P01", "deadlock detected"), "x.deadlock-detected not-executed", "retry after 100"],
  [error("40003", "who knows"), "x.statement-completion-unknown unknown", "reconcile unknown"],
  [error("08007", "who knows"), "x.transaction-resolution-unknown unknown", "reconcile unknown"],
  [
    error("22P02", 'invalid input syntax for type integer: "a"'),
    "x.invalid-text-representation unknown",
    "reconcile unknown",
  ],
  [error("0A000", "not supported"), "x.feature-not-supported unknown", "reconcile unknown"],
  [
    error("57P01", "terminating connection due to administrator command", "FATAL"),
    "x.admin-shutdown unknown",
    "reconcile unknown",
  ],
  [error("99999", "no such class"), "x.unknown (code)", "reconcile unknown"],
  [error("2350", "too short, and yet of its class"), "x.class-23 unknown", "reconcile unknown"],
  [
    error("01007", "no privileges were granted", "WARNING"),
    "ok x.privilege-not-granted unknown",
    "none",
  ],
  [error("01P99", "a warning of tomorrow", "WARNING"), "ok x.class-01 unknown", "none"],
  [error("42P07", 'relation "a" already exists, skipping', "NOTICE"), "ok x.frame unknown", "none"],
  [error("00000", "hello", "INFO"), "ok x.frame unknown", "none"],
];

/** Classes and codes of a severity. */
const countOf = (severity: "E" | "W"): number =>
  classes
    .filter((one) => one[2] === severity)
    .reduce((sum, [, , , codes]) => sum + 1 + Object.keys(codes).length, 0);

export const postgres: List = {
  catalog: {
    ...catalog,
    sources: {
      ...(catalog["sources"] as object),
      fields: source("Error and Notice Message Fields", "protocol-error-fields"),
      serialization: source(
        "Serialization Failure Handling",
        "mvcc-serialization-failure-handling",
      ),
    },
  },
  count: countOf("E") + countOf("W"),
  gives: ["serialization-failure retry", "deadlock-detected retry"],
  follows: ["class-40 outcome", "statement-completion-unknown outcome"],
  severities: { error: countOf("E"), warning: countOf("W") },
  replies,
};
