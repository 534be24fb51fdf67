/** `errata explain` and `errata decode`: what they answer, and once each, as they are typed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describe, expect, it } from "vitest";
import { runDecode } from "../generator/commands/decode.js";
import { runExplain } from "../generator/commands/explain.js";
import { errata, errataReading, project, type Ran, smallest } from "./command.js";
import { errataIn, inProcess } from "./in-process.js";
import { table } from "../generator/commands/columns.js";
import { widthOf } from "../generator/diagnostics/pretty.js";
import { realManifest, root } from "./support.js";

const story = (name: string): string => join(root, "test/fixtures/valid", name);

/** The ids that an answer begins its paragraphs with, or the rows of its table. */
const ids = ({ out }: Ran): readonly string[] =>
  [...out.matchAll(/^(\S+\.\S+) {2}/gm)].map(([, id]) => id!);

/** Arguments as flags, in the way of the command line. */
function parsed(args: readonly string[]): {
  words: string[];
  flags: Parameters<typeof runDecode>[2];
} {
  const text = { type: "string" } as const;
  const options = { api: text, channel: text, status: text, format: text };
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { api, channel, status, format } = values;
  const flags = {
    ...{ api, channel, status: status === undefined ? undefined : Number(status) },
    format: format === "json" ? ("json" as const) : ("pretty" as const),
  };
  return { words: positionals, flags };
}

it("errata explain and errata decode take what they are told from the command line", async () => {
  const explained = await errata(root, "explain", "429", "--api", "mm");
  expect([explained.code, explained.err, ids(explained)]).toEqual([
    0,
    "",
    ["mm.too-many-requests"],
  ]);
  const args = ["decode", "--api", "abp", "--status", "429", "--channel", "http"];
  const decoded = await errataReading("{}", root, ...args, "--format", "json");
  expect([decoded.code, decoded.err, JSON.parse(decoded.out)]).toMatchObject([
    0,
    "",
    { id: "abp.too-many-requests", status: 429 },
  ]);
});

describe("errata explain", () => {
  const explain = (...args: string[]): Promise<Ran> => {
    const { words, flags } = parsed(args);
    return inProcess(() => runExplain(realManifest, words, flags));
  };

  it.each([
    ["an id", ["abp.rate-limit-exceeded"], ["abp.rate-limit-exceeded"]],
    ["a name", ["rate-limit-exceeded"], ["abp.rate-limit-exceeded"]],
    ["a code", ["3004"], ["6mm.duplicate-request"]],
    ["a code in a range", ["3105"], ["6mm.condition-order-parameter"]],
    ["a status of one API", ["502", "--api", "mm"], ["mm.bad-gateway"]],
    [
      "a text, as several words",
      ["Connection", "limit", "exceeded"],
      ["mm.connection-limit-exceeded"],
    ],
    [
      "a text that a template stands for",
      ["Order stake 5 USD exceeds available limit 3.5 EUR"],
      ["abp.stake-exceeds-limit"],
    ],
  ])("%s", async (_, words, wanted) => {
    const ran = await explain(...words);
    expect([ran.code, ran.err, ids(ran)]).toEqual([0, "", wanted]);
  });

  it.each([
    ["a part of what a template stands for", "15000.00 USD exceeds available limit"],
    ["the text of an example", "Order stake 15000.00 USD exceeds available limit 5000.00 USD"],
    ["a body", '{"declineReason":"Stake exceeds limit"}'],
    ["words of its texts and its name", "stake exceeds"],
    ["words of its advice", "lower the orderStake to the limit"],
  ])("%s", async (_, wanted) => {
    const ran = await explain(wanted);
    expect([ran.code, ids(ran)]).toEqual([0, ["abp.stake-exceeds-limit"]]);
    expect(ran.out).toContain(
      "page             generated/docs/abp/declines/stake-exceeds-limit.md\n",
    );
  });

  it("lists what several words and classes mean, the best first", async () => {
    expect(ids(await explain("rate limit"))).toEqual([
      "abp.rate-limit-exceeded",
      "6mm.rate-limit-triggered",
    ]);
    const class4 = await explain("4xx", "--api", "mm");
    expect(ids(class4)).toContain("mm.upgrade-required");
    expect(class4.out).toMatch(
      /\n\d+ entries are meant by "4xx"; npx errata explain <id> shows one\.\n$/,
    );
    expect(ids(await explain("4xx")).length).toBe(20);
    expect((await explain("4xx")).out).toMatch(/^… and \d+ more$/m);
  });

  it("finds a status in every API", async () => {
    expect(ids(await explain("429")).toSorted()).toEqual([
      "6mm.too-many-requests",
      "abp.rate-limit-exceeded",
      "abp.too-many-requests",
      "mm.too-many-requests",
    ]);
  });

  it("says what it means, what to do, and how that is known", async () => {
    const { out } = await explain("3004");
    for (const part of [
      "recognised by    code 3004",
      "a write ",
      "retry            re-sign-once",
      "(inferred: ",
      "documented in    https://",
    ])
      expect(out).toContain(part);
  });

  it("prints JSON", async () => {
    const { code, out } = await explain("3105", "--format", "json");
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      [
        {
          id: "6mm.condition-order-parameter",
          category: "validation",
          retry: { verdict: "never" },
        },
      ],
    ]);
  });

  it("offers what a typo may have meant", async () => {
    expect(await explain("rate-limit-exceded")).toEqual({
      code: 1,
      out: "",
      err: 'No entry matches "rate-limit-exceded". Did you mean "rate-limit-exceeded"?\n',
    });
    expect(await explain("no such thing at all")).toMatchObject({
      code: 1,
      err: 'No entry matches "no such thing at all".\n',
    });
  });

  it("explains a diagnostic, whatever the catalog", async () => {
    const folder = project({});
    const { code, out, err } = await errata(folder, "explain", "match/ambiguous");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^match\/ambiguous\n\nError: .+\n\n {4}api: /);
    expect(out).toMatch(/\n\nFixed:\n\n( {4}[-+] .+\n)+$/);
    expect(out).not.toMatch(/```|<a /);
    const json = await errata(folder, "explain", "match/ambiguous", "--format", "json");
    expect(JSON.parse(json.out)).toMatchObject({ id: "match/ambiguous", severity: "error" });
    expect(await explain("match/ambigous")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Did you mean "match\/ambiguous"\?\n$/),
    });
  });

  it("says which APIs there are", async () => {
    expect(await explain("429", "--api", "apb")).toEqual({
      code: 2,
      out: "",
      err: 'There is no API "apb". Did you mean abp?\n',
    });
  });
});

it("says where a diagnostic is explained", async () => {
  const folder = project({ ...smallest, "catalog/shop/more.yaml": "eror: {}\n" });
  for (const name of ["check", "generate", "explain"]) {
    const { code, err } = await errata(folder, name, ...(name === "explain" ? ["429"] : []));
    const [, address] =
      /found\.\nMore about syntax\/unknown-key: npx errata explain syntax\/unknown-key, or (.+)\n$/.exec(
        err,
      )!;
    const [path, anchor] = address!.split("#");
    expect(code).toBe(1);
    expect(readFileSync(join(folder, path!), "utf8")).toContain(`<a id="${anchor}"></a>`);
  }
});

describe("errata list", () => {
  const list = (...args: string[]): Promise<Ran> => errataIn(root, "list", ...args);

  it("shows every entry in columns, or those that fit all filters", async () => {
    const all = await list();
    expect(all.out.split("\n")[0]).toMatch(/^id +known by +category +a write +retry$/);
    expect(new Set(ids(all).map((id) => id.split(".")[0]))).toEqual(new Set(["mm", "abp", "6mm"]));
    expect(ids(await list("mm", "--category", "throttled"))).toEqual([
      "mm.too-many-requests",
      "mm.connection-limit-exceeded",
    ]);
    expect(ids(await list("--category", "throttled", "--retry", "wait-as-told"))).toEqual([
      "abp.too-many-requests",
      "abp.rate-limit-exceeded",
    ]);
    const json = await list("abp", "--outcome", "executed", "--format", "json");
    expect(JSON.parse(json.out)).toMatchObject([
      { id: "abp.no-content" },
      { id: "abp.order-filled" },
    ]);
  });

  it("knows tags and categories of an API's own", async () => {
    const own = await errataIn(story("vocabularies"), "list", "--format", "json");
    const entries = JSON.parse(own.out) as {
      id: string;
      tags: string[];
      ownCategory: string | null;
    }[];
    const tagged = entries.find(({ tags }) => tags.length > 0)!;
    const named = entries.find(({ ownCategory }) => ownCategory !== null)!;
    for (const [filter, value, { id }] of [
      ["--tag", tagged.tags[0]!, tagged],
      ["--category", named.ownCategory!, named],
    ] as const) {
      const { code, out } = await errataIn(story("vocabularies"), "list", filter, value);
      expect([code, out]).toEqual([0, expect.stringContaining(`${id} `)]);
    }
  });

  it.each([
    [["--category", "throtled"], 2, 'There is no category "throtled". Did you mean throttled?\n'],
    [["--tag", "x"], 2, 'There is no tag "x". No entry has one.\n'],
    [["mm", "--outcome", "partial", "--category", "throttled"], 1, "No entry fits.\n"],
    [["apb"], 2, 'There is no API "apb". Did you mean abp?\n'],
  ])("%j", async (args, code, err) => {
    expect(await list(...args)).toEqual({ code, out: "", err });
  });

  it("is as wide as the terminal", () => {
    const rows = [["shop.name", "code 1, code 2, code 3, code 4", "日本語のテキスト"]];
    const [, line] = table(["id", "known by", "text"], rows, 44).split("\n");
    expect([widthOf(line!), line]).toEqual([44, "shop.name  code 1, code 2,…  日本語のテキス…"]);
    const [, narrow] = table(["id", "known by", "text"], rows, 12).split("\n");
    expect(narrow).toMatch(/^shop\.name {2}code 1, c… {2}日本語の…$/);
    expect(table(["id", "known by", "text"], rows, null)).toContain(rows[0]!.join("  "));
  });
});

describe("errata decode", () => {
  const decode = (input: string, ...args: string[]): Promise<Ran> => {
    const { words, flags } = parsed(args);
    const file = words[0] ?? join(project({ response: input }), "response");
    return inProcess(() => runDecode(realManifest, file, flags));
  };
  const limited = '{"detail":"Rate limit exceeded","limit":"5","retry_after":2}';

  it.each([
    ["a body and its status", limited, ["--api", "abp", "--status", "429"]],
    ["a status and a body in one", `{"status":429,"body":${limited}}`, ["--api", "abp"]],
    ["a body as text", JSON.stringify({ status: 429, body: limited }), ["--api", "abp"]],
  ])("%s", async (_, input, args) => {
    const ran = await decode(input, ...args);
    expect([ran.code, ran.err, ids(ran)]).toEqual([0, "", ["abp.rate-limit-exceeded"]]);
    expect(ran.out).toMatch(/^ {2}limit +5\n {2}retryAfterMs +2000\n/m);
    expect(ran.out).toMatch(/^ {2}place-orders +send again after 2 s \(same key\)\n/m);
  });

  it("a code whatever the status is", async () => {
    expect(ids(await decode('{"code":3105}', "--api", "6mm"))).toEqual([
      "6mm.condition-order-parameter",
    ]);
  });

  it("a frame, and an item of a batch", async () => {
    const frame = await decode("Invalid API key", "--api", "mm", "--channel", "socket");
    expect(ids(frame)).toEqual(["mm.invalid-api-key"]);
    const data = await decode('{"odds":[1.5]}', "--api", "mm", "--channel", "socket");
    expect([data.code, data.out]).toEqual([0, "Taken for a frame.\nmm.frame  no error\n"]);
    const item = await decode(
      '{"declineReason":"Invalid odds"}',
      "--api",
      "abp",
      "--channel",
      "placement",
    );
    expect(ids(item)).toEqual(["abp.invalid-odds"]);
  });

  it("what is unknown, with the reason why, as a finding", async () => {
    const html = "<html>502 Bad Gateway</html>\n";
    const pretty = await decode(html, "--api", "abp", "--status", "502");
    expect([pretty.code, ...pretty.out.split("\n").slice(0, 2)]).toEqual([
      1,
      "Taken for a body with status 502.",
      "abp.unknown  not in the catalog (not-json)",
    ]);
    expect(pretty.out).toMatch(/^ {2}place-orders +look it up first, with get-orders\n/m);
    expect(pretty.out).toMatch(/^ {2}read-accounts +send again after 500 ms\n/m);
    const { code, out } = await decode(html, "--api", "abp", "--status", "502", "--format", "json");
    expect([code, JSON.parse(out)]).toMatchObject([
      1,
      {
        ok: false,
        id: "abp.unknown",
        why: "not-json",
        status: 502,
        text: html.trim(),
        entry: null,
      },
    ]);
  });

  it("what curl printed, after a tunnel, a redirect and an interim answer", async () => {
    const curl = [
      "HTTP/1.1 200 Connection established\r\n\r\n",
      "HTTP/2 301 \r\nlocation: /v2\r\n\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n",
      `HTTP/2 429 \r\nRetry-After: 9\r\n\r\n${limited}\n`,
    ].join("");
    const ran = await decode(curl, "--api", "abp");
    expect([ran.code, ids(ran)]).toEqual([0, ["abp.rate-limit-exceeded"]]);
    expect(ran.out).toMatch(/^Taken for the output of curl -i with status 429\.\n/);
    expect(ran.out).toMatch(/^ {2}place-orders +send again after 9 s \(same key\)\n/m);
  });

  it("an entry of a HAR, and each failure of a whole one", async () => {
    const entry = (status: number, text: string): object => ({
      request: { method: "POST", url: "https://v2.55-tech.com/place-orders" },
      response: { status, headers: [], content: { text } },
    });
    const one = await decode(JSON.stringify(entry(429, limited)), "--api", "abp");
    expect([one.code, ids(one)]).toEqual([0, ["abp.rate-limit-exceeded"]]);
    expect(one.out).toMatch(/^Taken for an entry of a HAR with status 429\.\n/);
    const entries = [entry(204, ""), entry(429, limited), entry(418, "{}")];
    const har = await decode(JSON.stringify({ log: { entries } }), "--api", "abp");
    expect([har.code, har.out.split("\n")]).toEqual([
      1,
      [
        "Taken for a HAR. 2 of 3 answers are failures.",
        expect.stringMatching(/^request +status +id +text$/),
        expect.stringMatching(
          /^POST https:\S+ +429 +abp\.rate-limit-exceeded +Rate limit exceeded$/,
        ),
        expect.stringMatching(/^POST https:\S+ +418 +abp\.unknown \(shape\)$/),
        "",
      ],
    ]);
    const json = await decode(
      JSON.stringify({ log: { entries } }),
      "--api",
      "abp",
      "--format",
      "json",
    );
    expect(JSON.parse(json.out)).toMatchObject({
      takenFor: "a HAR",
      responses: [
        { id: "abp.no-content" },
        { id: "abp.rate-limit-exceeded" },
        { id: "abp.unknown" },
      ],
    });
  });

  it("a frame, told from a body by what it says", async () => {
    const ran = await decode("Invalid API key", "--api", "mm");
    expect([ran.out.split("\n")[0], ids(ran)]).toEqual([
      "Taken for a frame.",
      ["mm.invalid-api-key"],
    ]);
  });

  it("prints JSON", async () => {
    const { code, out } = await decode(
      limited,
      "--api",
      "abp",
      "--status",
      "429",
      "--format",
      "json",
    );
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        ...{
          ok: false,
          id: "abp.rate-limit-exceeded",
          status: 429,
          fields: { limit: 5, retryAfterMs: 2_000 },
        },
        entry: { id: "abp.rate-limit-exceeded", outcome: "not-executed" },
        advice: { "read-accounts": { do: "retry", delayMs: 2_000, identity: "none" } },
      },
    ]);
    const success = await decode("", "--api", "abp", "--status", "204", "--format", "json");
    expect([success.code, JSON.parse(success.out)]).toMatchObject([
      0,
      { ok: true, id: "abp.no-content" },
    ]);
  });

  it.each([
    [["--api", "apb"], 'There is no API "apb". Did you mean abp?\n'],
    [["--api", "zzz"], 'There is no API "zzz". The catalog has mm, abp, 6mm.\n'],
    [[], "Which API? Add --api with one of mm, abp, 6mm.\n"],
    [
      ["--api", "mm", "--channel", "sockets"],
      "Which channel? Add --channel with one of http, socket.\n",
    ],
    [
      ["--api", "mm", '{"code":1}'],
      "This is a body, not a file: give it on standard input, such as by echo '{…}' |.\n",
    ],
    [
      ["--api", "mm", "no-such-file"],
      "no-such-file cannot be read: ENOENT: no such file or directory.\n",
    ],
  ])("says what it was not told: %j", async (args, err) => {
    expect(await decode("{}", ...args)).toEqual({ code: 2, out: "", err });
  });

  it("takes no empty input for a body, such as what a curl that failed has printed", async () => {
    const ran = await decode("\n", "--api", "mm");
    expect([ran.code, ran.out]).toEqual([2, ""]);
    expect(ran.err).toMatch(/^There is nothing to decode: the input is empty\./);
  });
});
