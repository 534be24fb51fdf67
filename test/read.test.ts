/** The reader: what it takes, what it refuses, and that nothing makes it throw. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type Diagnostic, DiagnosticLog } from "../generator/diagnostics/log.js";
import { check } from "../generator/generate.js";
import { readManifest } from "../generator/read/files.js";
import type { Document } from "../generator/read/walk.js";
import { pretty } from "../generator/diagnostics/pretty.js";

const scratch = mkdtempSync(join(tmpdir(), "errata-read-"));
mkdirSync(join(scratch, "shop"));
afterAll(() => rmSync(scratch, { recursive: true }));
const file = join(scratch, "catalog.yaml");

async function read(
  text: string | Uint8Array,
): Promise<{ document: Document | null; found: readonly Diagnostic[]; ids: readonly string[] }> {
  writeFileSync(file, text);
  const log = new DiagnosticLog();
  const document = await readManifest(file, log);
  return { document, found: log.sorted, ids: log.sorted.map(({ id }) => id) };
}

async function value(text: string): Promise<unknown> {
  const { document, found } = await read(text);
  expect(pretty(found)).toBe("0 problems found.\n");
  return document!.value;
}

const many = 20_000;
const lines = (line: (i: number) => string): string =>
  Array.from({ length: many }, (_, i) => `${line(i)}\n`).join("");

describe("size", () => {
  it("reads a map of many keys", async () => {
    expect(Object.keys((await value(lines((i) => `key-${i}: ${i}`))) as object)).toHaveLength(many);
  });

  it("reads many aliases", async () => {
    const read = await value(`a: &a { b: 1 }\n${lines((i) => `key-${i}: *a`)}`);
    expect(Object.values(read as object).filter(({ b }) => b === 1)).toHaveLength(many + 1);
  });

  it("finds every duplicate among many keys", async () => {
    const { ids } = await read(lines((i) => `key-${i}: 1`).repeat(2));
    expect(ids).toEqual(Array.from({ length: many }, () => "yaml/duplicate-key"));
  });

  it.each(["[", "{ a: ", "- ", "? ", "[{ a: "])("refuses 10,000 times %j", async (open) => {
    const { ids } = await read(open.repeat(10_000));
    expect(ids).toEqual(["yaml/unsupported"]);
  });

  it("refuses deep nesting by indentation and through aliases", async () => {
    const steps = Array.from({ length: 200 }, (_, i) => i);
    const block = steps.map((i) => `${" ".repeat(i)}a:\n`).join("");
    expect((await read(block)).ids).toEqual(["yaml/unsupported"]);
    const chain = steps.map((i) => `a${i + 1}: &a${i + 1} { a: *a${i} }\n`).join("");
    expect((await read(`a0: &a0 1\n${chain}`)).ids).toEqual(["yaml/unsupported"]);
  });

  it("refuses an alias bomb once", async () => {
    const bomb = Array.from("bcdefghi", (name, i) => {
      const before = "abcdefgh"[i]!;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]\n`;
    });
    const { ids } = await read(`a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n${bomb.join("")}`);
    expect(ids).toEqual(["yaml/unsupported"]);
  });
});

describe("aliases", () => {
  it("stand for the last anchor of their name before them", async () => {
    const read = await value("a: &x 1\nb: &y [*x]\nc: &x 2\nd: *y\ne: *x\n");
    expect(read).toEqual({ a: 1, b: [1], c: 2, d: [1], e: 2 });
  });

  it.each(["a: &a [*a]\n", "a: &a { b: { c: *a } }\n"])("make no cycle: %j", async (text) => {
    expect((await read(text)).ids).toEqual(["yaml/unsupported"]);
  });
});

describe("text", () => {
  const text = 'a:\n  - one\n  - "two"\nb: |\n  first\n  second\n';

  it("is the same document with a byte order mark and with CRLF", async () => {
    const plain = await read(text);
    for (const other of [`\ufeff${text}`, text.replaceAll("\n", "\r\n")]) {
      const { document } = await read(other);
      expect(document!.value).toEqual(plain.document!.value);
      expect(document!.source).toEqual(plain.document!.source);
      expect(document!.place("/a/1")).toEqual(plain.document!.place("/a/1"));
    }
  });

  it.each([
    ["a byte order mark in the middle", "a: 1\n\ufeffb: 2\n"],
    ["a carriage return alone", "a: 1\rb: 2\n"],
    ["a bidirectional override", "a: \u202eb\n"],
    ["a zero-width space", "a\u200b: b\n"],
    ["a null", "a: \0\n"],
  ])("refuses %s", async (_, text) => {
    expect((await read(text)).ids).toEqual(["file/character"]);
  });

  it("takes the joiners of scripts and emoji", async () => {
    expect(await value("a: می‌خواهم\nb: 👩‍💻❤️\n")).toEqual({ a: "می\u200cخواهم", b: "👩‍💻❤️" });
  });

  it("refuses bytes that are not UTF-8", async () => {
    expect((await read(Uint8Array.of(0x61, 0x3a, 0x20, 0xff))).ids).toEqual(["file/unreadable"]);
  });

  it("takes %YAML 1.2 and no other version", async () => {
    for (const header of ["%YAML 1.2", "%YAML   1.2", "%YAML 1.2 # of 2009"])
      expect(await value(`${header}\n---\na: NO\n`)).toEqual({ a: "NO" });
    for (const header of ["%YAML 1.1", "%YAML 1.3", "%YAML 1.20", "%YAML"])
      expect((await read(`${header}\n---\na: NO\n`)).ids).toEqual(["yaml/unsupported"]);
  });
});

describe("keys", () => {
  it.each([
    ["composed and decomposed", "caf\u00e9: 1\ncafe\u0301: 2\n"],
    ["a number and a text", '1: 1\n"1": 2\n'],
    ["null and a text", 'null: 1\n"null": 2\n'],
    ["one in quotes", 'a: 1\n"a": 2\n'],
  ])("are the same: %s", async (_, text) => {
    const { ids, found } = await read(text);
    expect(ids).toEqual(["yaml/duplicate-key"]);
    expect(found[0]!.related[0]!.place.start).toBe(0);
  });

  it("may be called __proto__ and are nothing but keys", async () => {
    const read = (await value("__proto__: { polluted: true }\nconstructor: 1\n")) as object;
    expect(Object.keys(read)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(read)).toBeNull();
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("anything at all", () => {
  /** Either a result, or diagnostics that can be shown and point into their files. */
  function consistent(result: unknown, found: readonly Diagnostic[]): void {
    expect(found.length === 0).toBe(result !== null);
    expect(pretty(found)).toMatch(/^\d+ problems? found\.\n$/m);
    for (const { place, related } of found)
      for (const { source, start, end } of [place!, ...related.map((other) => other.place)]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(start).toBeLessThanOrEqual(source.text.length);
      }
  }

  /** Whether there are no diagnostics. */
  async function checked(api: string): Promise<boolean> {
    writeFileSync(
      file,
      'package: { name: a, version: "1.0.0", description: a }\noutput: out\napis: [shop]\n',
    );
    writeFileSync(join(scratch, "shop/api.yaml"), api);
    const log = new DiagnosticLog();
    consistent(await check(file, log), log.sorted);
    return log.count === 0;
  }

  const marks = fc.constantFrom(..."abc01-:?,[]{}#&*!|>'\"%@` \n\t\r\0~<=.\\/\ufeffé😀");
  const soup = fc.array(marks, { maxLength: 60 }).map((parts) => parts.join(""));

  it("in a manifest is read or refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup, fc.string({ unit: "binary" }), fc.json()), async (text) => {
        const { document, found } = await read(text);
        consistent(document, found);
      }),
      { numRuns: 1_000 },
    );
  });

  it("as bytes is read or refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const { document, found } = await read(bytes);
        consistent(document, found);
      }),
    );
  });

  // Keys of the language, so that many a document gets past its first check.
  const key = fc.constantFrom(
    ..."api channels shapes statuses errors declines retry limits idempotency http first 404 /a /a/*".split(
      " ",
    ),
    ..."summary title codes transport within items code message status where fields outcome".split(
      " ",
    ),
    ..."__proto__ constructor toString".split(" "),
  );
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc.oneof(key, fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.double()),
      fc.array(tie("node"), { maxLength: 4 }),
      fc.dictionary(key, tie("node"), { maxKeys: 6, noNullPrototype: true }),
    ),
  }));

  it("as the file of an API is judged", async () => {
    await fc.assert(
      fc.asyncProperty(node, async (value) => void (await checked(JSON.stringify(value)))),
      { numRuns: 1_000 },
    );
  });

  it("in the place of words of a real catalog is judged", async () => {
    const folder = new URL("../catalog/abp/", import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
    const files = names.map((name) => readFileSync(new URL(name, folder), "utf8"));
    const words = files.join("").split(/([^\w/.-]+)/);
    expect(await checked(words.join(""))).toBe(true);
    const index = fc.nat(words.length - 1);
    const other = fc.oneof(
      index.map((i) => words[i]!),
      key,
      marks,
      fc.constant(""),
    );
    let [accepted, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(index, other), { maxLength: 3 }), async (changes) => {
        const copy = [...words];
        for (const [i, word] of changes) copy[i] = word;
        if (await checked(copy.join(""))) accepted++;
        else refused++;
      }),
      { numRuns: 150 },
    );
    expect(accepted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  });
});
