/** `errata diff`: the verdict of single changes, the responses that show them, and how sides are named. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { generate } from "../generator/generate.js";
import { runDiff } from "../generator/commands/diff.js";
import { type Difference, diff } from "../generator/diff/diff.js";
import { snapshotOf } from "../generator/diff/project.js";
import { asSnapshot, type Snapshot } from "../generator/diff/snapshot.js";
import { markdownDifference, prettyDifference } from "../generator/diff/report.js";
import { writeCatalog } from "./case-file.js";
import { errata, project, type Ran, smallest } from "./command.js";
import { inProcess } from "./in-process.js";
import { generated, loadChecked, realManifest } from "./support.js";

interface Change {
  readonly what: string;
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly is: readonly [
    level: string,
    kind: string,
    of: string,
    compile: string,
    behaviour: string,
  ];
}

const fixture = (name: string): string =>
  readFileSync(new URL(`fixtures/diff/${name}`, import.meta.url), "utf8");
const catalog = fixture("api.yaml");
const changes = parse(fixture("changes.yaml")) as readonly Change[];

const folder = mkdtempSync(join(tmpdir(), "errata-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a catalog of one API is, as text. */
async function snapshot(text: string): Promise<Snapshot> {
  const manifest = writeCatalog(text, mkdtempSync(join(folder, "catalog-")));
  return snapshotOf(await loadChecked(manifest));
}

const base = snapshot(catalog);

/** What differs once some texts of the catalog, each of which is in it once, are replaced. */
async function edited(edits: Change["edits"]): Promise<Difference> {
  const text = edits.reduce((text, [from, to]) => {
    expect(text.split(from), from).toHaveLength(2);
    return text.replace(from, () => to);
  }, catalog);
  return diff(await base, await snapshot(text));
}

it("has a table of at least forty single changes", () => {
  expect(changes.length).toBeGreaterThanOrEqual(40);
});

it.each(changes)("$what", async ({ edits, is }) => {
  const [level, kind, of, compile, behaviour] = is;
  const { findings, ...found } = await edited(edits);
  const ratings = findings
    .filter((finding) => finding.of === of && finding.kind === kind)
    .map((finding) => [finding.compile, finding.behaviour]);
  const all = JSON.stringify(findings, null, 1);
  expect(ratings, all).toContainEqual([compile, behaviour]);
  expect(found.level, all).toBe(level);
});

it("finds nothing where nothing differs", async () => {
  expect((await edited([])).findings).toEqual([]);
});

describe("a response that shows it", () => {
  const shown = async (from: string, to: string): Promise<unknown> => {
    const { findings } = await edited([[from, to]]);
    return findings.flatMap(({ lost, gained }) =>
      lost || gained ? [{ lost: lost?.body ?? null, gained: gained?.body ?? null }] : [],
    );
  };

  it("is of a code at the end of a run", async () => {
    expect(await shown("20..29", "20..31")).toEqual([{ lost: null, gained: { code: 31 } }]);
    expect(await shown("20..29", "21..29")).toEqual([{ lost: { code: 20 }, gained: null }]);
  });

  it("is of a text that the automata tell apart", async () => {
    expect(await shown("{seconds:integer}", "{seconds:decimal}")).toEqual([
      { lost: null, gained: { message: "Wait 0.0 seconds" } },
    ]);
    expect(await shown("{seconds:integer}", "{seconds:word}")).toEqual([
      { lost: null, gained: { message: "Wait a seconds" } },
    ]);
  });

  it("is of both sides where neither holds the other", async () => {
    expect(await shown("20..29", "25..35")).toEqual([{ lost: { code: 20 }, gained: { code: 35 } }]);
  });

  it("is none where two texts together take what one took", async () => {
    const { findings } = await edited([
      ["message: Closing", 'message: ["Closing", "Closing {why:word}", "Closing {why:string}"]'],
    ]);
    const [gained] = findings.flatMap((finding) => finding.gained ?? []);
    expect(gained?.body).toEqual({ error: "Closing a" });
  });
});

it("follows references to an entry that has another name", async () => {
  const { findings } = await edited([
    ["  sold-out:\n", "  none-left:\n"],
    ["answer: sold-out", "answer: none-left"],
  ]);
  expect(findings.map(({ kind, of, instead }) => [kind, of, instead])).toEqual([
    ["renamed", "shop.sold-out", "shop.none-left"],
    ["words", "shop.none-left", undefined],
  ]);
});

it("names the entry that took before what a new one takes", async () => {
  const { findings } = await edited(changes[1]!.edits);
  expect(findings[0]).toMatchObject({ before: "shop.bad-size", gained: { body: { code: 25 } } });
});

describe("the report", () => {
  it("says how grave each change is, and which version follows", async () => {
    const text = prettyDifference(await edited([["count: 5,", "count: 50,"]]));
    expect(text).toMatch(/^minor {2}limits\.orders {2}changed: count 5 → 50\n/);
    expect(text).toMatch(/1 minor: this is a minor change, so 1\.0\.0 becomes 1\.1\.0\.$/);
  });

  it("is a section of a changelog, with a table for who has to migrate", async () => {
    const text = markdownDifference(await edited([["  bad-size:", "  wrong-size:"]]));
    expect(text).toMatch(/^## 2\.0\.0\n\n### Breaking\n\n- `shop\.bad-size` renamed to/);
    expect(text).toMatch(/\n\| `shop\.bad-size` \| renamed to .* \| Use `shop\.wrong-size`/);
  });

  it("lets nothing of a catalog into the terminal or the Markdown as anything but text", async () => {
    const text = '"\\e[2J<b>|x|</b>"';
    const difference = await edited([["message: Closing", `message: ${text}`]]);
    for (const shown of [prettyDifference(difference), markdownDifference(difference)])
      expect(shown).not.toMatch(/\u001b/);
    expect(markdownDifference(difference)).not.toMatch(/<b>|\|x/);
  });
});

describe("the sides", () => {
  const run = (...[old, now, failOn = "patch"]: [string, string?, ("major" | "patch")?]) =>
    inProcess(() => runDiff(old, now, { catalog: undefined, failOn, format: "json" }));
  const levelIn = ({ out }: Ran): unknown => (JSON.parse(out) as Difference).level;

  it("are a manifest, a catalog.json that was generated from it, and their folders", async () => {
    const json = join(generated, "catalog.json");
    for (const [old, now] of [
      [json, realManifest],
      [generated, realManifest.replace("catalog.yaml", "")],
    ] as const) {
      const ran = await run(old, now);
      expect([ran.code, ran.err, levelIn(ran)]).toEqual([0, "", null]);
    }
    expect(asSnapshot(JSON.parse(readFileSync(json, "utf8")))).not.toBeNull();
  });

  it("give the exit code by what is grave enough", async () => {
    const [old, now] = [catalog, catalog.replace("count: 5,", "count: 50,")].map((text) =>
      writeCatalog(text, mkdtempSync(join(folder, "side-"))),
    ) as [string, string];
    expect((await run(old, now)).code).toBe(1);
    expect((await run(old, now, "major")).code).toBe(0);
  });

  it.each([
    ["some other JSON", "package.json", /is JSON, but not a catalog\.json/],
    ["no JSON", "broken.json", /cannot be read as JSON/],
    ["neither a path nor a revision", "nowhere\u001b[2J", /no file/],
  ])("are not %s", async (_, name, message) => {
    const at = mkdtempSync(join(folder, "none-"));
    writeFileSync(join(at, "package.json"), "{}");
    writeFileSync(join(at, "broken.json"), "{");
    const named = name.endsWith(".json") ? join(at, name) : name;
    const ran = await run(named, realManifest);
    expect(ran).toMatchObject({ code: 2, out: "", err: expect.stringMatching(message) });
    expect(ran.err).not.toMatch(/\u001b/);
  });

  it("are revisions of git", async () => {
    const at = project(smallest);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@shop.example", ...args], {
        cwd: at,
        stdio: "ignore",
      });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "First");
    const path = join(at, "catalog/shop/api.yaml");
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace("category: throttled", "category: unavailable"),
    );
    const ran = await errata(at, "diff", "HEAD", "--format", "json");
    expect([ran.code, ran.err, levelIn(ran)]).toEqual([1, "", "major"]);
    const unknown = await errata(at, "diff", "v9");
    expect(unknown).toMatchObject({
      code: 2,
      err: '"v9" is no file, no folder and no revision of this repository.\n',
    });
    git("rm", "-q", "-r", "--cached", "catalog");
    git("commit", "-qm", "Second");
    const without = await errata(at, "diff", "HEAD");
    expect(without).toMatchObject({
      code: 2,
      err: 'There is no catalog/catalog.yaml at "HEAD".\n',
    });
  });

  it("are said to be unknown to git for the reason that git has", async () => {
    const at = project(smallest);
    execFileSync("git", ["init", "-q"], { cwd: at });
    try {
      // What git has for tests of its own: the repository is somebody else's, as in a container.
      vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
      vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
      vi.stubEnv("GIT_CONFIG_SYSTEM", "/dev/null");
      const refused = await errata(at, "diff", "HEAD");
      expect([refused.code, refused.err]).toEqual([
        2,
        expect.stringContaining(
          "git cannot say whether it is a revision: fatal: detected dubious ownership",
        ),
      ]);
      vi.stubEnv("PATH", "");
      const missing = await errata(at, "diff", "HEAD");
      expect([missing.code, missing.err]).toEqual([
        2,
        '"HEAD" is no file or folder, and git, which would know a revision, is not installed.\n',
      ]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("tell the same from catalog.json as from YAML", async () => {
    const manifest = writeCatalog(catalog, join(mkdtempSync(join(folder, "json-")), "catalog"));
    expect((await generate(manifest)).diagnostics).toEqual([]);
    const path = join(manifest, "../../generated/catalog.json");
    const json = asSnapshot(JSON.parse(readFileSync(path, "utf8")))!;
    expect(diff(json, await base).findings).toEqual([]);
    for (const { edits } of changes.slice(0, 20)) {
      const text = edits.reduce((text, [from, to]) => text.replace(from, () => to), catalog);
      const now = await snapshot(text);
      expect(diff(json, now).findings).toEqual(diff(await base, now).findings);
    }
  });
});
