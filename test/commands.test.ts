/** `errata explain` and `errata decode`: what they answer, and once each, as they are typed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describe, expect, it } from "vitest";
import { runDecode } from "../generator/commands/decode.js";
import { runExplain } from "../generator/commands/explain.js";
import { errata, errataReading, project, type Ran, smallest } from "./command.js";
import { inProcess } from "./in-process.js";
import { realManifest, root } from "./support.js";

/** The ids that an answer begins its paragraphs with. */
const ids = ({ out }: Ran): readonly string[] =>
  [...out.matchAll(/^(\S+) {2}/gm)].map(([, id]) => id!);

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
      /found\.\nMore about syntax\/unknown-key: errata explain syntax\/unknown-key, or (.+)\n$/.exec(
        err,
      )!;
    const [path, anchor] = address!.split("#");
    expect(code).toBe(1);
    expect(readFileSync(join(folder, path!), "utf8")).toContain(`<a id="${anchor}"></a>`);
  }
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
    expect([data.code, data.out]).toEqual([0, "mm.frame  no error\n"]);
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
    expect([pretty.code, pretty.out.split("\n")[0]]).toEqual([
      1,
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
      ["--api", "mm", "no-such-file"],
      "no-such-file cannot be read: ENOENT: no such file or directory.\n",
    ],
  ])("says what it was not told: %j", async (args, err) => {
    expect(await decode("{}", ...args)).toEqual({ code: 2, out: "", err });
  });
});
