/** JSON-RPC 2.0 over HTTP, with the codes that Ethereum's nodes add in the range of the server: every answer is a 200. */
import { catalogOf, kebab, type List, type Row } from "./list.js";

/** The codes of JSON-RPC itself. */
const base: Readonly<Record<number, readonly [name: string, summary: string]>> = {
  [-32700]: ["Parse error", "The server received invalid JSON."],
  [-32600]: ["Invalid Request", "The JSON is no request."],
  [-32601]: ["Method not found", "The method does not exist, or is not available."],
  [-32602]: ["Invalid params", "The parameters are invalid."],
  [-32603]: ["Internal error", "An internal error of JSON-RPC."],
};

/** Those of EIP-1474, which are in the range that JSON-RPC leaves to servers. */
const server: Readonly<Record<number, readonly [name: string, summary: string]>> = {
  [-32000]: ["Invalid input", "Parameters are missing or invalid."],
  [-32001]: ["Resource not found", "What was asked for was not found."],
  [-32002]: ["Resource unavailable", "What was asked for is not available."],
  [-32003]: ["Transaction rejected", "The transaction could not be created."],
  [-32004]: ["Method not supported", "The method is not implemented."],
  [-32005]: ["Limit exceeded", "The request exceeds a limit."],
  [-32006]: ["JSON-RPC version not supported", "The version of the protocol is not supported."],
};

/** A request that was never understood was not carried out. */
const notRead: readonly number[] = [-32700, -32600, -32601];

const channel = ["http", "calls"];
const entries = (
  list: typeof base,
  facts: (code: number) => object = () => ({}),
): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(list).map(([code, [name, summary]]) => [
      kebab(name),
      { channel, code: Number(code), summary, ...facts(Number(code)) },
    ]),
  );

const places = { code: "/error/code", message: "/error/message", failure: { "/error": "filled" } };

const catalog = catalogOf(
  { title: "JSON-RPC 2.0 Specification", url: "https://www.jsonrpc.org/specification" },
  {
    api: { title: "Ethereum JSON-RPC", summary: "Asks a node.", codes: "integer" },
    channels: {
      http: { transport: "http", ...places, cite: "list" },
      calls: {
        ...{ within: "http", items: "", key: "/id", taken: { "/result": "present" } },
        ...{ ...places, summary: "The answers to a batch.", cite: "list" },
      },
    },
    operations: {
      write: {
        ...{ kind: "write", summary: "Sends a transaction.", cite: "list" },
        undocumented: ["idempotency"],
      },
    },
    statuses: {
      "200": {
        success: true,
        summary: "An answer, or an answer to a batch.",
      },
    },
    errors: {
      result: {
        ...{ channel, where: { "/result": "present" }, success: true, outcome: "executed" },
        summary: "What the method returned.",
      },
      ...entries(base, (code) =>
        notRead.includes(code)
          ? {
              outcome: "not-executed",
              inferred: { outcome: "what was not understood was not carried out" },
            }
          : {},
      ),
      "server-error": {
        ...{ channel, code: "-32099..-32000" },
        summary: "Left to servers to define.",
      },
      ...entries(server, () => ({ cite: "ethereum" })),
    },
  },
);

const answer = (rest: object, status = 200): Row[0] => ({
  ...{ status, body: { jsonrpc: "2.0", id: 1, ...rest } },
});
const error = (code: number, message: string, status = 200): Row[0] =>
  answer({ error: { code, message } }, status);

const replies: readonly Row[] = [
  [answer({ result: "0x1" }), "ok x.result executed", "none"],
  // A method may return nothing: it was answered, and more is not known.
  [answer({ result: null }), "ok x.ok unknown", "none"],
  [answer({ result: "0x1", error: null }), "ok x.result executed", "none"],
  [error(-32700, "Parse error"), "x.parse-error not-executed", "reconcile not-executed"],
  [error(-32601, "Method not found"), "x.method-not-found not-executed", "reconcile not-executed"],
  [error(-32602, "Invalid params"), "x.invalid-params unknown", "reconcile unknown"],
  [error(-32603, "Internal error"), "x.internal-error unknown", "reconcile unknown"],
  [error(-32000, "nonce too low"), "x.invalid-input unknown", "reconcile unknown"],
  [error(-32003, "rejected"), "x.transaction-rejected unknown", "reconcile unknown"],
  [error(-32005, "limit exceeded"), "x.limit-exceeded unknown", "reconcile unknown"],
  // Nobody listed this one; it is in the range.
  [error(-32050, "of tomorrow"), "x.server-error unknown", "reconcile unknown"],
  [error(3, "execution reverted"), "x.unknown (code)", "reconcile unknown"],
  // With another status; and without a code.
  [
    error(-32601, "the method is not available", 403),
    "x.method-not-found not-executed",
    "reconcile not-executed",
  ],
  [
    { status: 200, body: { error: { message: "no code" } } },
    "x.unknown (message)",
    "reconcile unknown",
  ],
  // Both a result and an error: they cannot both be true.
  [
    answer({ result: "0x1", error: { code: 5, message: "and yet" } }),
    "x.unknown (code)",
    "reconcile unknown",
  ],
  [{ status: 429, body: "slow down" }, "x.unknown (not-json)", "reconcile unknown"],
];

const batch = [
  { jsonrpc: "2.0", id: 1, result: "0x1" },
  { jsonrpc: "2.0", id: 2, error: { code: -32601, message: "Method not found" } },
  { jsonrpc: "2.0", id: 3, error: { code: -31000, message: "Of tomorrow" } },
];

export const jsonRpc: List = {
  catalog: {
    ...catalog,
    sources: {
      ...(catalog["sources"] as object),
      ethereum: {
        ...{ title: "EIP-1474", url: "https://eips.ethereum.org/EIPS/eip-1474" },
        read: "2026-11-27",
      },
    },
  },
  // The range, the result and the status.
  count: Object.keys(base).length + Object.keys(server).length + 3,
  gives: ["result outcome"],
  follows: notRead.map((code) => `${kebab(base[code]![0])} outcome`),
  replies,
  batch: {
    sent: [1, 2, 3, 4],
    response: { status: 200, body: batch },
    reads: [
      "1: taken, executed x.result",
      "2: declined x.method-not-found",
      "3: unknown x.unknown",
      "4: unknown",
    ],
  },
};
