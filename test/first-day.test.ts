/**
 * The first day of a new user, with the packed errata in an empty project: a first catalog, the mistakes that are made most, each
 * of which is told once, at its place, with a help that mends it; and then a program that uses the package.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Notice } from "../generator/diagnostics/notice.js";
import { pack, projectWith, put, run } from "./packed.js";
import { root } from "./support.js";

let folder: string;
beforeAll(() => {
  folder = projectWith("day-one", pack(root), "typescript@~6.0.3", "@types/node@20");
  expect(errata("init", "--api", "shop").status).toBe(0);
  cpSync(join(folder, "catalog"), join(folder, "first"), { recursive: true });
});

const errata = (...args: string[]): { status: number | null; stdout: string } =>
  spawnSync(process.execPath, [join(folder, "node_modules/errata/dist/bin/cli.js"), ...args], {
    ...{ cwd: folder, encoding: "utf8" },
  });

/** What `errata check` finds. */
function found(): readonly Notice[] {
  const { stdout } = errata("check", "--format", "json");
  return (JSON.parse(stdout) as { readonly diagnostics: readonly Notice[] }).diagnostics;
}

const api = "catalog/shop/api.yaml";
const more = "catalog/shop/more.yaml";
/** A second file, with an entry of a name, a code and what else. */
const entry = (name: string, code: string): string => `errors:
  ${name}:
    code: ${code}
    category: validation
    outcome: not-executed
    retry: never
    summary: It is sold out.
    examples: [{ status: 409, body: { code: ${code} } }]
`;

interface Mistake {
  readonly name: string;
  /** What is written instead of what, once; or a file that is new. */
  readonly wrong: readonly [before: string, after: string] | Readonly<Record<string, string>>;
  /** Where it is told, and the text there. */
  readonly at: readonly [file: string, text: string];
  readonly help: RegExp;
  /** What the author then does, given what the help proposes: the same pairs, or files. */
  readonly mend: (proposed: string) => Mistake["wrong"];
}

const mistakes: readonly Mistake[] = [
  {
    name: "a line that is indented too far",
    wrong: ["    kind: write", "     kind: write"],
    at: [api, "kind: write"],
    help: /^start this line in the column of the one above it\.$/,
    mend: () => ["     kind: write", "    kind: write"],
  },
  {
    name: "a quote that is left open",
    wrong: [' is invalid."', " is invalid."],
    at: [api, '"The field'],
    help: /^close the quote that opens here\.$/,
    mend: () => ["{field:word} is invalid.", '{field:word} is invalid."'],
  },
  {
    name: "a field that is missing",
    wrong: ["    category: throttled\n", ""],
    at: [api, "429:"],
    help: /^every entry needs outcome:, and all but successes need category: and retry:/,
    mend: () => ["  429:\n", "  429:\n    category: throttled\n"],
  },
  {
    name: "a key that is misspelt",
    wrong: ["    summary: Creates", "    sumary: Creates"],
    at: [api, "sumary"],
    help: /^did you mean "(.+)"\?$/,
    mend: (key) => ["    sumary:", `    ${key}:`],
  },
  {
    name: "a name that two entries have",
    wrong: { [more]: entry("name-taken", "sold_out") },
    at: [more, "name-taken"],
    help: /^remove or rename one;/,
    mend: () => ({ [more]: entry("sold-out", "sold_out") }),
  },
  {
    name: "a code that is a number where texts are declared",
    wrong: { [more]: entry("sold-out", "12") },
    at: [more, "12"],
    help: /^put the code in quotes\.$/,
    mend: () => ({ [more]: entry("sold-out", '"12"') }),
  },
  {
    name: "a rule that there is not",
    wrong: ["    retry: wait-as-told", "    retry: wait-as-tld"],
    at: [api, "wait-as-tld"],
    help: /^did you mean "(.+)"\?$/,
    mend: (rule) => ["    retry: wait-as-tld", `    retry: ${rule}`],
  },
  {
    name: "a placeholder that is not closed",
    wrong: ["{field:word}", "{field:word"],
    at: [api, "{field:word is"],
    help: /^write \{name:type\}/,
    mend: () => ["{field:word", "{field:word}"],
  },
  {
    name: "two entries with one code",
    wrong: { [more]: entry("sold-out", "name_taken") },
    at: [more, "{ status: 409"],
    help: /^fix the example, or how the entry is recognised\.$/,
    mend: () => ({ [more]: entry("sold-out", "sold_out") }),
  },
  {
    name: "an example of another entry",
    wrong: ["body: { code: name_taken,", "body: { code: name_takn,"],
    at: [api, "{ status: 409"],
    help: /^the code is "name_takn", but the entry expects "(.+)"; fix the example,/,
    mend: (code) => ["body: { code: name_takn,", `body: { code: ${code},`],
  },
  {
    name: "a text that YAML takes for a comment",
    wrong: ["summary: Too many requests.", "summary: Limit #1 is reached."],
    at: [api, "Limit #1 is reached."],
    help: /^put the whole value in double quotes;/,
    mend: () => ["Limit #1 is reached.", '"Limit #1 is reached."'],
  },
  {
    name: "a file in the wrong folder",
    wrong: { "catalog/more.yaml": entry("sold-out", "sold_out") },
    at: ["catalog/more.yaml", "errors:"],
    help: /^move it into the folder of an API, such as (shop)\/\.$/,
    mend: (api) => ({
      "catalog/more.yaml": "",
      [`catalog/${api}/more.yaml`]: entry("sold-out", "sold_out"),
    }),
  },
];

/** Writes what is wrong, or what mends it; a file without a text is deleted. */
function write(change: Mistake["wrong"]): void {
  if (!isPair(change)) {
    for (const [path, text] of Object.entries(change))
      if (text === "") rmSync(join(folder, path));
      else put(folder, path, text);
    return;
  }
  const [before, after] = change;
  const text = readFileSync(join(folder, api), "utf8");
  expect(text).toContain(before);
  put(folder, api, text.replace(before, after));
}

function isPair(change: Mistake["wrong"]): change is readonly [string, string] {
  return Array.isArray(change);
}

describe("each of the commonest mistakes is told once, where it is, and how to mend it", () => {
  it.each(mistakes)("$name", ({ wrong, at: [file, marked], help, mend }) => {
    rmSync(join(folder, "catalog"), { recursive: true });
    cpSync(join(folder, "first"), join(folder, "catalog"), { recursive: true });
    write(wrong);
    const diagnostics = found();
    expect(diagnostics).toHaveLength(1);
    const [{ at, help: said }] = diagnostics as [Notice];
    const line = readFileSync(join(folder, file), "utf8").split("\n")[(at?.line ?? 1) - 1]!;
    // A mistake of a whole file is told at its beginning.
    const column = (at?.column ?? 1) - 1;
    expect([at?.file, line.slice(column, column + marked.length)]).toEqual([file, marked]);
    expect(said).toMatch(help);
    write(mend(help.exec(said!)![1] ?? ""));
    expect(found()).toEqual([]);
  });
});

it("ends with a program that compiles against the package, and does what the catalog says", () => {
  rmSync(join(folder, "catalog"), { recursive: true });
  cpSync(join(folder, "first"), join(folder, "catalog"), { recursive: true });
  expect(errata("generate").status).toBe(0);
  run(folder, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "./shop-errors");
  put(
    folder,
    "app.ts",
    `import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readResponse } from "shop-errors";
import { adviseShop, decodeShop, isShopNameTaken } from "shop-errors/shop";

const server = createServer((request, response) => {
  const [status, body] = request.url === "/taken" ? [409, { code: "name_taken" }] : [429, {}];
  response.writeHead(status, { "retry-after": "2" }).end(JSON.stringify(body));
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const { port } = server.address() as AddressInfo;
for (const path of ["/taken", "/busy"]) {
  const reply = decodeShop(await readResponse(await fetch(\`http://127.0.0.1:\${port}\${path}\`)));
  if (reply.ok) throw new Error("It is a failure.");
  const advice = adviseShop(reply.failure, { operation: "create-item", attempt: 1, elapsedMs: 0, random: 0 });
  console.log(reply.failure.id, isShopNameTaken(reply.failure), advice.do === "retry" ? advice.delayMs : advice.do);
}
server.close();
`,
  );
  const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"];
  run(folder, process.execPath, join("node_modules", "typescript/bin/tsc"), ...options, "app.ts");
  expect(execFileSync(process.execPath, ["app.js"], { cwd: folder, encoding: "utf8" })).toBe(
    "shop.name-taken true stop\nshop.too-many-requests false 2000\n",
  );
});

it("takes back an edit of a generated file, and asks before it replaces a file that is not its own", () => {
  const path = join(folder, "shop-errors/src/shop/statuses.ts");
  const made = readFileSync(path, "utf8");
  put(folder, "shop-errors/src/shop/statuses.ts", `${made}// edited\n`);
  expect(errata("generate").status).toBe(0);
  expect(readFileSync(path, "utf8")).toBe(made);
  put(folder, "shop-errors/src/shop/statuses.ts", "// mine\n");
  const { status, stdout } = errata("generate", "--format", "json");
  expect([status, JSON.parse(stdout)]).toMatchObject([
    1,
    { diagnostics: [{ id: "output/foreign", help: expect.stringContaining("--force") }] },
  ]);
  expect(errata("generate", "--force").status).toBe(0);
  expect(readFileSync(path, "utf8")).toBe(made);
});
