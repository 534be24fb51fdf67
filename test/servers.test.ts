/** End to end on loopback: real HTTP and WebSocket servers, read through fetch and ws; and the README's msw handler. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { readResponse } from "trading-api-errors";
import { type AbpReply, decodeAbp, isAbpRateLimitExceeded } from "trading-api-errors/abp";
import { decodeMm, decodeMmSocket, type MmReply, type MmSocketReply } from "trading-api-errors/mm";

const idOf = (reply: AbpReply | MmReply | MmSocketReply): string =>
  reply.ok ? reply.id : reply.failure.id;
const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

describe("an HTTP server that answers as FastAPI does", () => {
  const json = "application/json";
  const missing = {
    detail: [{ loc: ["body", "orders", 0, "fixtureId"], msg: "Field required", type: "missing" }],
  };
  const limited = { detail: "Rate limit exceeded", limit: "100", retry_after: 1 };
  const duplicates = {
    detail: { error: "All orders are duplicates", duplicateUuids: ["u"], inProgressUuids: [] },
  };
  const answers: Readonly<Record<string, readonly [status: number, type: string, body: string]>> = {
    "/validation": [422, json, JSON.stringify(missing)],
    "/validation-text": [422, json, '{"detail":"There was an error parsing the body"}'],
    "/not-found": [404, json, '{"detail":"Not Found"}'],
    "/odds": [404, `${json}; charset=utf-8`, '{"detail":"No odds found for given parameters"}'],
    "/limited": [429, json, JSON.stringify(limited)],
    "/duplicates": [409, json, JSON.stringify(duplicates)],
    "/crash": [500, "text/plain; charset=utf-8", "Internal Server Error"],
    "/proxy": [502, "text/html", "<html><title>502 Bad Gateway</title></html>"],
    "/teapot": [418, json, '{"detail":"I am a teapot"}'],
    "/empty": [503, json, ""],
    "/deleted": [204, json, ""],
    "/wrong-type": [404, "text/html", '{"detail":"No odds found for given parameters"}'],
  };
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [status, type, body] = answers[request.url!]!;
      response.writeHead(status, { "content-type": type }).end(body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    base = `http://127.0.0.1:${portOf(server)}`;
  });
  afterAll(() => server.close());

  it.each([
    ["/validation", "abp.validation-failed", "mm.validation-failed"],
    ["/validation-text", "abp.unprocessable-content", "mm.unprocessable-content"],
    ["/not-found", "abp.not-found", "mm.not-found"],
    ["/odds", "abp.no-odds-found", "mm.not-found"],
    ["/limited", "abp.rate-limit-exceeded", "mm.too-many-requests"],
    ["/duplicates", "abp.all-orders-are-duplicates", "mm.conflict"],
    ["/crash", "abp.internal-server-error", "mm.internal-server-error"],
    ["/proxy", "abp.unknown", "mm.bad-gateway"],
    ["/teapot", "abp.unknown", "mm.unknown"],
    ["/empty", "abp.service-unavailable", "mm.unknown"],
    ["/deleted", "abp.no-content", "mm.unknown"],
    ["/wrong-type", "abp.no-odds-found", "mm.not-found"],
  ])("%s is %s and %s", async (path, inAbp, inMm) => {
    const response = await readResponse(await fetch(base + path));
    expect([idOf(decodeAbp(response)), idOf(decodeMm(response))]).toEqual([inAbp, inMm]);
  });

  it("gives the fields that the body has", async () => {
    const reply = decodeAbp(await readResponse(await fetch(`${base}/limited`)));
    if (reply.ok || !isAbpRateLimitExceeded(reply.failure)) throw new Error("another failure");
    expect(reply.failure.fields).toEqual({ limit: 100, retryAfterMs: 1_000 });
  });
});

describe("a WebSocket server", () => {
  const frames = [
    "Connection limit exceeded",
    '{"error":"Invalid API key"}',
    '{"detail":"apiKey required"}',
    '{"message":"Invalid apiKey format"}',
    '{"fixtureId":"id1","odds":[1.5,2.4]}',
    '{"error":"A text of tomorrow"}',
  ];
  let server: WebSocketServer;

  beforeAll(async () => {
    server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    server.on("connection", (socket) => {
      for (const frame of frames) socket.send(frame);
      socket.close();
    });
    await new Promise((done) => server.on("listening", done));
  });
  afterAll(() => server.close());

  it("sends frames that are errors, data and unknown", async () => {
    const ids: string[] = [];
    const socket = new WebSocket(`ws://127.0.0.1:${portOf(server)}`);
    // Bytes that were not made a text are not taken for data.
    socket.on("message", (data) => {
      expect(decodeMmSocket(data)).toMatchObject({ failure: { why: "unread" } });
      ids.push(idOf(decodeMmSocket(data.toString())));
    });
    await new Promise((done) => socket.on("close", done));
    expect(ids).toEqual([
      "mm.connection-limit-exceeded",
      "mm.invalid-api-key",
      "mm.api-key-required",
      "mm.invalid-api-key-format",
      "mm.frame",
      "mm.unknown",
    ]);
  });
});

describe("msw, as the README shows it", () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it("answers with a fixture, which decodes to its entry", async () => {
    const { tooFast } = await import("./types/readme-fixtures.js");
    server.use(tooFast);
    const response = await fetch("https://v2.55-tech.com/place-orders", { method: "POST" });
    expect(response.status).toBe(429);
    expect(idOf(decodeAbp(await readResponse(response)))).toBe("abp.rate-limit-exceeded");
  });
});
