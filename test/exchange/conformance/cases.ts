/** What every host has to come through, and how each of it ends. */
import { gzipSync } from "node:zlib";
import type { CallGate } from "trading-api-errors";
import { mm, place } from "../loopback/calls.js";
import { type Moment, type Plan, placed } from "./drive.js";
import { after, begun, endless, reset, silence, whole } from "./wire.js";

export interface Case {
  readonly title: string;
  /** Whether the instance has defaults of its own. */
  readonly defaults?: boolean;
  readonly plan: Plan;
  /** One of these, where two are as safe. */
  readonly ends: string | readonly string[];
}

/** Nobody knows what became of the write, and nothing more was sent. */
const lost = "1 sent: reconcile, unknown";
const fine = "1 sent: success";

const ok = whole(200, placed);
const limited = whole(429, '{"detail":"Rate limit exceeded","limit":100,"retry_after":0.3}');
const invalid = whole(422, '{"detail":[{"loc":["body"],"msg":"Field required","type":"missing"}]}');
const down = whole(503, '{"detail":"Service unavailable"}');
const to = (status: number, location: string): ReturnType<typeof whole> =>
  whole(status, "", { location });

const order = place();
const keyed = place({ keyed: true });
const cancel = mm("POST", "/api/v1/orders/7/cancel", "cancel-order");

const redirects = [301, 302, 303, 307, 308].flatMap((status): readonly Case[] => [
  {
    title: `${status} to a success`,
    plan: { kind: order, answers: [to(status, "/elsewhere"), ok] },
    ends: lost,
  },
  {
    title: `${status} to itself, with a key`,
    plan: { kind: keyed, answers: [to(status, "/place-orders")] },
    ends: lost,
  },
]);

const pages = ["<html>Please log in</html>", '{"status":"ok"}'].map((body, at): Case => ({
  title: `MM cancel: 302 to a page of ${at === 0 ? "HTML" : "JSON"} with a 200`,
  plan: {
    kind: cancel,
    answers: [to(302, "/login"), whole(200, body, at === 0 ? { "content-type": "text/html" } : {})],
  },
  ends: lost,
}));

const utf16 = { "content-type": "application/json; charset=utf-16le" };
const gzip = { "content-encoding": "gzip" };
const garbled = Buffer.concat([gzipSync(placed).subarray(0, 12), Buffer.alloc(40, 7)]);
const cut = begun({ "content-length": "500" }, (socket) => socket.end(placed));

const bodies: readonly Case[] = [
  ["a body without an end", { answers: [endless(placed)], timeoutMs: 500 }],
  [
    "a body that stops",
    { answers: [begun({ "content-length": "500" }, (s) => s.write("{"))], timeoutMs: 500 },
  ],
  ["no answer", { answers: [silence], timeoutMs: 500 }],
  ["a body cut off", { answers: [cut] }],
  ["a body cut off at its start", { answers: [begun({ "content-length": "9" }, (s) => s.end())] }],
  [
    "a chunked body cut off",
    { answers: [begun({ "transfer-encoding": "chunked" }, (s) => s.end("5\r\n{"))] },
  ],
  ["garbled gzip", { answers: [whole(200, garbled, gzip)] }],
  ["another charset", { answers: [whole(200, Buffer.from(placed, "utf16le"), utf16)] }],
].map(([title, plan]) => ({
  title: title as string,
  plan: { kind: order, ...(plan as Omit<Plan, "kind">) },
  ends: lost,
}));

const whole200: readonly Case[] = [
  {
    title: "gzip",
    plan: { kind: order, answers: [whole(200, gzipSync(placed), gzip)] },
    ends: fine,
  },
  {
    title: "early hints",
    plan: {
      kind: order,
      answers: [after("HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n", ok)],
    },
    ends: fine,
  },
  {
    title: "100 Continue",
    plan: { kind: order, answers: [after("HTTP/1.1 100 Continue\r\n\r\n", ok)] },
    // undici ends the connection.
    ends: [fine, lost],
  },
];

const upgrade = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";

const connections: readonly Case[] = [
  {
    // To got's timeouts that is an end, and to got itself it is none; so it takes the caller's.
    title: "an upgrade that nobody asked for",
    plan: {
      kind: order,
      answers: [after(upgrade, silence)],
      signal: () => AbortSignal.timeout(1_000),
    },
    ends: lost,
  },
  {
    title: "a reset when a connection is used again",
    plan: {
      kind: order,
      answers: [ok, reset],
      calls: async (send) => `${await send()}, then ${await send()}`,
    },
    ends: "2 sent: success, then reconcile, unknown",
  },
  {
    title: "with a key: a body cut off, and the same key again",
    plan: { kind: keyed, answers: [cut, ok], waitMs: 500 },
    ends: "2 sent: success",
  },
  {
    title: "with a key: a body without an end, and the same key again",
    plan: { kind: keyed, answers: [endless(placed), ok], timeoutMs: 500, waitMs: 500 },
    ends: "2 sent: success",
  },
];

const defaults: readonly Case[] = [
  {
    title: "a wait as told",
    plan: { kind: order, answers: [limited, ok], waitMs: 300 },
    ends: "2 sent: success",
  },
  {
    title: "no retry of a 422",
    plan: { kind: order, answers: [invalid] },
    ends: "1 sent: stop, not-executed",
  },
  { title: "no retry of a 503", plan: { kind: order, answers: [down] }, ends: lost },
  { title: "no retry of a reset", plan: { kind: order, answers: [reset] }, ends: lost },
  { title: "a success", plan: { kind: order, answers: [ok] }, ends: fine },
  { title: "a redirect", plan: { kind: order, answers: [to(307, "/elsewhere"), ok] }, ends: lost },
].map((one) => ({ ...one, title: `defaults: ${one.title}`, defaults: true }));

const aborted = (abort: Moment, answers: Plan["answers"], ends: Case["ends"]): Case => ({
  title: `an abort: ${abort}`,
  plan: { kind: keyed, answers, abort },
  ends,
});

/** Lets nothing through before a while is over. */
const slow = (ms: number): CallGate => ({
  enter: () => new Promise((done) => setTimeout(() => done(null), ms)),
  heard: () => {},
  succeeded: () => {},
});
const shut: CallGate = { ...slow(0), enter: async () => "budget" };

const aborts: readonly Case[] = [
  aborted("before", [ok], "0 sent: reconcile, unknown"),
  aborted("sending", [silence], lost),
  // What an unsent request means is the catalog's to say.
  aborted("waiting", [limited, ok], ["1 sent: stop, not-executed", lost]),
  aborted("body", [endless(placed)], lost),
  {
    title: "an abort: at the gate",
    plan: {
      kind: place({ keyed: true, gate: slow(200) }),
      answers: [ok],
      signal: () => {
        const caller = new AbortController();
        setTimeout(() => caller.abort(), 50);
        return caller.signal;
      },
    },
    ends: "0 sent: reconcile, unknown",
  },
  {
    title: "an abort by AbortSignal.timeout",
    plan: { kind: keyed, answers: [silence], signal: () => AbortSignal.timeout(200) },
    ends: lost,
  },
];

const claims: readonly Case[] = [
  {
    title: "a gate that is shut",
    plan: { kind: place({ gate: shut }), answers: [ok] },
    ends: "0 sent: refused, budget",
  },
  {
    title: "a call that succeeded, again",
    plan: {
      kind: order,
      answers: [ok],
      calls: async (send) => {
        const call = order.start();
        return `${await send(call)}, then ${await send(call)}`;
      },
    },
    ends: "1 sent: success, then refused, finished",
  },
  {
    title: "a call that failed, again",
    plan: {
      kind: order,
      answers: [down],
      calls: async (send) => {
        const call = order.start();
        return `${await send(call)}, then ${await send(call)}`;
      },
    },
    ends: "1 sent: reconcile, unknown, then refused, finished",
  },
  {
    title: "one call, twice at once",
    plan: {
      kind: order,
      answers: [ok],
      calls: async (send) => {
        const call = order.start();
        return (await Promise.all([send(call), send(call)])).sort().join(" and ");
      },
    },
    ends: "1 sent: refused, shared and success",
  },
];

export const cases: readonly Case[] = [
  ...redirects,
  ...pages,
  ...bodies,
  ...whole200,
  ...connections,
  ...defaults,
  ...aborts,
  ...claims,
];
