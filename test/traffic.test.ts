/** What is read of recorded traffic, whole or damaged. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTraffic, textOfBytes } from "../generator/recognise/traffic/index.js";
import type { Recorded } from "../generator/recognise/traffic/recorded.js";

async function only(text: string): Promise<Recorded> {
  const { recorded } = await readTraffic(text);
  expect(recorded).toHaveLength(1);
  return recorded[0]!;
}

describe("what people write down", () => {
  it.each([
    ['429\n{"a":1}', 429, '{"a":1}'],
    ['\uFEFF422 {"a":1}', 422, '{"a":1}'],
    ["HTTP 502 Bad Gateway\r\n\r\n<html>", 502, "<html>"],
    ["Status: 404", 404, ""],
    [`429${" A".repeat(200_000)}`, 429, ""],
  ])("is a status and a body: %#", async (text, status, body) => {
    expect((await readTraffic(text)).takenFor).toBe("a status and a body");
    expect(await only(text)).toMatchObject({ kind: "response", status, body });
  });

  it.each(["1001", "700 things", "429 orders were left out", "000", "999 {}"])(
    "is a body: %s",
    async (text) => {
      expect(await only(text)).toMatchObject({ kind: "body", status: null, body: text });
    },
  );
});

describe("curl -i", () => {
  it.each([
    ["HTTP/1.1", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 9\r\n\r\n{}", 429, "{}"],
    ["HTTP/2, which has no reason", "HTTP/2 429 \r\nRetry-After: 9\r\n\r\n{}\n", 429, "{}"],
    ["ends of lines without CR", "HTTP/2 429\nRetry-After: 9\n\n{}", 429, "{}"],
    ["a byte order mark", "\uFEFFHTTP/2 429\nRetry-After: 9\n\n{}", 429, "{}"],
    [
      "the command above it",
      "me@shop:~$ curl -si \\\n  https://shop.example\nHTTP/2 429\nRetry-After: 9\n\n{}",
      429,
      "{}",
    ],
    [
      "a proxy's tunnel",
      "HTTP/1.1 200 Connection established\r\nVia: p\r\n\r\nHTTP/2 429\nRetry-After: 9\n\n{}",
      429,
      "{}",
    ],
    [
      "interim answers",
      "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\n\nHTTP/2 429\nRetry-After: 9\n\n{}",
      429,
      "{}",
    ],
    [
      "redirects",
      "HTTP/1.1 302 Found\nContent-Length: 5\nLocation: /\n\nHTTP/2 429\nRetry-After: 9\n\n{}",
      429,
      "{}",
    ],
    [
      "a challenge",
      "HTTP/1.1 401 Unauthorized\nContent-Length: 5\n\nHTTP/2 429\nRetry-After: 9\n\n{}",
      429,
      "{}",
    ],
    [
      "noise among the headers, and a folded one",
      "HTTP/2 429\nRetry-After:\n 9\n* noise\n\n{}",
      429,
      "{}",
    ],
  ])("%s", async (_, text, status, body) => {
    const { takenFor } = await readTraffic(text);
    expect(takenFor).toBe("the output of curl -i");
    const one = await only(text);
    expect(one).toMatchObject({ kind: "response", status, body, notes: [] });
    expect(one.headers.map(([name, value]) => [name, value.trim()])).toContainEqual([
      "Retry-After",
      "9",
    ]);
  });

  it("leaves a body alone that looks like a response", async () => {
    const text = "HTTP/2 400\ncontent-type: text/plain\n\nHTTP/1.1 200 OK\n\nx";
    expect(await only(text)).toMatchObject({ status: 400, body: "HTTP/1.1 200 OK\n\nx" });
  });

  it.each([
    ["no end of the headers", "HTTP/2 429\nRetry-After: 9", "the headers have no end"],
    [
      "a short body",
      "HTTP/2 429\nContent-Length: 40\n\n{}",
      "the body is cut short: 2 of 40 bytes",
    ],
    [
      "a compressed body",
      textOfBytes(
        Buffer.concat([Buffer.from("HTTP/2 429\nContent-Encoding: gzip\n\n"), gzipSync("{}")]),
      ),
      "the body is still compressed (gzip): ask again with curl --compressed",
    ],
  ])("says what is wrong: %s", async (_, text, note) => {
    expect((await only(text)).notes).toEqual([note]);
  });
});

describe("a HAR", () => {
  const content = async (value: object): Promise<Recorded> =>
    only(JSON.stringify({ response: { status: 429, headers: [], content: value } }));
  const base64 = (bytes: Uint8Array): object => ({
    encoding: "base64",
    text: Buffer.from(bytes).toString("base64"),
  });

  it("has bodies as text, in base64, and compressed in that", async () => {
    const text = '{"message":"Straße"}';
    for (const value of [{ text }, base64(Buffer.from(text)), base64(gzipSync(text))])
      expect(await content(value)).toMatchObject({ status: 429, body: text, notes: [] });
  });

  it.each([
    ["no body", { size: 12 }, "", "the HAR was exported without bodies"],
    [
      "no base64",
      { encoding: "base64", text: "{}" },
      "{}",
      "the body says that it is base64, and is not",
    ],
    [
      "gzip that is cut short",
      base64(gzipSync("x".repeat(1000)).subarray(0, 20)),
      expect.any(String),
      "the compressed body is cut short or too large",
    ],
  ])("says what is wrong: %s", async (_, value, body, note) => {
    expect(await content(value)).toMatchObject({ body, notes: [note] });
  });

  it("does not unpack a bomb", async () => {
    const { body, notes } = await content(base64(gzipSync(Buffer.alloc(64 * 1024 * 1024))));
    expect(notes).toEqual(["the compressed body is cut short or too large"]);
    expect((body as string).length).toBeLessThan(9 * 1024 * 1024);
  });

  it("has entries without an answer, frames of a socket, and whatever else", async () => {
    const entries = [
      { request: { method: "GET", url: "https://a.example" }, response: { status: 0 } },
      {
        _webSocketMessages: [
          { type: "send", opcode: 1, data: "ping" },
          { type: "receive", opcode: 1, data: "pong" },
          { type: "receive", opcode: 2, data: Buffer.from("{}").toString("base64") },
          { type: "receive" },
          null,
        ],
      },
      ...[
        4,
        null,
        "x",
        [],
        { response: 7 },
        { response: { status: "429", headers: [1, { name: 2 }] } },
      ],
    ];
    const { takenFor, recorded } = await readTraffic(JSON.stringify({ log: { entries } }));
    expect(takenFor).toBe("a HAR");
    expect(recorded.map(({ kind, status, body }) => [kind, status, body])).toEqual([
      ["response", null, ""],
      ["frame", null, "pong"],
      ["frame", null, "{}"],
      ["frame", null, ""],
      ["response", null, ""],
    ]);
    expect(recorded[0]).toMatchObject({
      of: "GET https://a.example",
      notes: [expect.stringMatching(/^no answer/)],
    });
  });
});

describe("the rest", () => {
  it.each([
    ["a response", '{"status":429,"headers":{"a":"b","c":["d",1]},"body":{"x":1}}', "a response"],
    ["a body with a status in it", '{"status":429}', "a body"],
    ["a body with nothing that a HAR has", '{"log":{"entries":{}}}', "a body"],
    ["no JSON", "<html>", "a body"],
    ["nothing", "", "a body"],
    ["JSON that is nested too deeply", `${"[".repeat(200_000)}${"]".repeat(200_000)}`, "a body"],
  ])("%s", async (_, text, takenFor) => {
    expect((await readTraffic(text)).takenFor).toBe(takenFor);
  });

  it("takes a status for one only if HTTP has it", async () => {
    expect(await only('{"status":"429","body":1}')).toMatchObject({ status: null, body: 1 });
    expect(await only('{"status":1e9,"body":1}')).toMatchObject({ status: null });
  });

  it("reads what the shell of Windows writes", () => {
    const text = "HTTP/2 429\r\n\r\n{}";
    const little = Buffer.from(`\uFEFF${text}`, "utf16le");
    expect(textOfBytes(little)).toBe(text);
    expect(textOfBytes(Buffer.from(little).swap16())).toBe(text);
    expect(textOfBytes(Buffer.from(text))).toBe(text);
  });

  it("is total", async () => {
    const piece = fc.constantFrom(
      ...[
        "HTTP/2 429\n",
        "HTTP/1.1 100 C\r\n",
        "a: b\n",
        "\n",
        "\r\n",
        "{}",
        '{"log":{"entries":[',
        "]}}",
        "\0",
        "\uFEFF",
      ],
    );
    const text = fc.oneof(
      fc.array(piece).map((parts) => parts.join("")),
      fc.string(),
      fc.json(),
    );
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        const { recorded } = await readTraffic(input);
        for (const { status, notes } of recorded)
          expect(notes.every((note) => note !== "") && (status === null || status < 600)).toBe(
            true,
          );
      }),
    );
  });
});
