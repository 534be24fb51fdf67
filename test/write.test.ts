/** What may happen to the output folder: it is written whole or left alone, and what is not ours stays. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { command, errata, project, smallest, start, tree } from "./command.js";
import { generateIn } from "./in-process.js";

const isWindows = process.platform === "win32";
const catalog = "catalog/shop/api.yaml";
const broken = { ...smallest, [catalog]: smallest[catalog]!.replace("throttled", "throtled") };
const renamed = {
  ...smallest,
  [catalog]: smallest[catalog]!.replace("429:", "503:").replace("status: 429", "status: 503"),
};

async function generated(): Promise<string> {
  const folder = project(smallest);
  expect((await generateIn(folder)).code).toBe(0);
  return folder;
}

function rewrite(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
}

describe("generate", () => {
  it("writes nothing the second time", async () => {
    const folder = await generated();
    const path = join(folder, "out/src/shop/statuses.ts");
    const before = statSync(path).mtimeMs;
    const again = await generateIn(folder);
    expect(again.out).toMatch(/^out\/ is up to date: \d+ files\.\n$/);
    expect(statSync(path).mtimeMs).toBe(before);
  });

  it("leaves the last good output alone when the catalog is broken", async () => {
    const folder = await generated();
    const before = tree(join(folder, "out"));
    rewrite(folder, broken);
    const { code, err } = await generateIn(folder);
    expect([code, err]).toEqual([1, expect.stringContaining('did you mean "throttled"?')]);
    expect(tree(join(folder, "out"))).toEqual(before);
  });

  it("removes what it no longer makes, and nothing else", async () => {
    const folder = await generated();
    writeFileSync(join(folder, "out/docs/mine.md"), "mine");
    writeFileSync(join(folder, "out/dist/mine.js"), "mine");
    rewrite(folder, {
      [catalog]: renamed[catalog]
        .replace("statuses:", "errors:")
        .replace("  200: { ", "  taken: { status: 200, message: Taken, ")
        .replace("{ status: 200 }", "{ status: 200, body: { error: Taken } }")
        .replace("503:", "down:\n    message: Down")
        .replace("{ status: 503 }", "{ body: { error: Down } }")
        .replace("transport: http", "transport: http, message: /error"),
    });
    const { code, err } = await generateIn(folder);
    expect([code, err]).toEqual([0, ""]);
    const files = Object.keys(tree(join(folder, "out")));
    expect(files).toEqual(
      expect.arrayContaining([
        "docs/mine.md",
        "dist/mine.js",
        "src/shop/errors.ts",
        "dist/shop/errors.js",
      ]),
    );
    expect(files).not.toContain("src/shop/statuses.ts");
    expect(files).not.toContain("dist/shop/statuses.js");
  });

  it("refuses to replace a file that it did not write, unless forced", async () => {
    const folder = project({ ...smallest, "out/README.md": "mine" });
    const refused = await generateIn(folder);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("output/foreign")]);
    expect(tree(join(folder, "out"))).toEqual({ "README.md": "mine" });
    expect((await generateIn(folder, "--force")).code).toBe(0);
    expect(tree(join(folder, "out"))["README.md"]).not.toBe("mine");
  });

  it("takes line ends that a checkout changed for its own", async () => {
    const folder = await generated();
    const path = join(folder, "out/docs/index.md");
    const text = (await readFile(path, "utf8")).replace(/\n/g, "\r\n");
    writeFileSync(path, text);
    expect((await generateIn(folder, "--check")).code).toBe(0);
    expect((await generateIn(folder)).out).toMatch(/up to date/);
    expect(await readFile(path, "utf8")).toBe(text);
  });

  it("builds anew what a checkout of another version left in dist", async () => {
    const folder = await generated();
    const committed = tree(join(folder, "out"));
    rmSync(join(folder, "out/dist"), { recursive: true });
    expect((await generateIn(folder, "--check")).code).toBe(0);
    await generateIn(folder);
    expect(tree(join(folder, "out"))).toEqual(committed);
    rewrite(folder, renamed);
    expect((await generateIn(folder)).code).toBe(0);
    expect((await generateIn(folder, "--check")).code).toBe(0);
  });

  it("puts everything back when a file cannot be written", async () => {
    const folder = await generated();
    const before = tree(join(folder, "out"));
    rewrite(folder, renamed);
    rmSync(join(folder, "out/docs/index.md"));
    mkdirSync(join(folder, "out/docs/index.md"));
    const { code, err } = await generateIn(folder, "--force");
    expect([code, err]).toEqual([1, expect.stringContaining("output/unwritable")]);
    const { "docs/index.md": _, ...others } = before;
    expect(tree(join(folder, "out"))).toEqual(others);
  });

  it("does not follow a link out of its folder", async () => {
    const folder = project(smallest);
    mkdirSync(join(folder, "elsewhere"));
    mkdirSync(join(folder, "out"));
    symlinkSync(join(folder, "elsewhere"), join(folder, "out/docs"), "junction");
    const { code, err } = await generateIn(folder);
    expect([code, err]).toEqual([1, expect.stringContaining("output/unwritable")]);
    expect(tree(join(folder, "elsewhere"))).toEqual({});
    expect(tree(join(folder, "out"))).toEqual({});
  });

  // On Windows no mode forbids to write. As root every folder is writable, so the command runs as another user there.
  it.skipIf(
    isWindows || (process.getuid?.() === 0 && spawnSync("setpriv", ["--version"]).status !== 0),
  )("says so when the folder is read-only", async () => {
    const folder = project(smallest);
    mkdirSync(join(folder, "out"));
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "out"), 0o555);
    const child =
      process.getuid?.() === 0
        ? spawnSync(
            "setpriv",
            ["--reuid=65534", "--clear-groups", process.execPath, ...command("generate")],
            {
              cwd: folder,
              encoding: "utf8",
            },
          )
        : spawnSync(process.execPath, command("generate"), { cwd: folder, encoding: "utf8" });
    expect([child.status, child.stderr]).toEqual([1, expect.stringContaining("output/unwritable")]);
    expect(tree(join(folder, "out"))).toEqual({});
  });

  it("is never left half-written by a kill", async () => {
    const folder = await generated();
    const good = tree(join(folder, "out"));
    rewrite(folder, renamed);
    const other = project(renamed);
    await generateIn(other);
    const next = tree(join(other, "out"));
    const written = Object.keys(next).filter((path) => good[path] !== next[path]).length;
    // Every new text is staged, then every one is renamed; steps count from 0.
    const last = 2 * written - 1;
    for (const step of [1, written - 1, written, written + 1, last]) {
      const copy = project(pathToFileURL(folder));
      expect(await killedAt(step, copy), `step ${step}`).not.toEqual([0, null]);
      const left = tree(join(copy, "out"));
      for (const path of Object.keys(left))
        // What a kill left behind is swept away once it is old enough to belong to nobody.
        if (path.includes(".errata")) utimesSync(join(copy, "out", path), 0, 0);
        else expect([good[path], next[path]], path).toContain(left[path]);
      const { code, err } = await generateIn(copy);
      expect([code, err]).toEqual([0, ""]);
      expect(tree(join(copy, "out"))).toEqual(next);
    }
    expect(await killedAt(last + 1, project(pathToFileURL(folder)))).toEqual([0, null]);
  });
});

/** Runs `generate` and kills it where it would stage or rename a file, at the given one of these steps: code and signal. */
function killedAt(step: number, folder: string): Promise<unknown[]> {
  const killer = project({
    "killer.js": `
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      let left = ${step};
      for (const name of ["writeFileSync", "renameSync"]) {
        const real = fs[name];
        fs[name] = (path, ...more) => {
          if (/\\.errata-/.test(path) && left-- === 0) process.kill(process.pid, "SIGKILL");
          return real(path, ...more);
        };
      }
      syncBuiltinESMExports();`,
    "package.json": `{ "type": "module" }`,
  });
  const hook = pathToFileURL(join(killer, "killer.js")).href;
  const args = ["--import", hook, ...command("generate")];
  return once(spawn(process.execPath, args, { cwd: folder, stdio: "ignore" }), "close");
}

describe("what a run remembers", () => {
  const remembered = (folder: string): string => join(folder, "node_modules/.cache/errata");

  it("is asked first, and never believed over what is on the disk", async () => {
    const folder = project({ ...smallest, "node_modules/.keep": "" });
    expect((await generateIn(folder)).code).toBe(0);
    expect(Object.keys(tree(remembered(folder)))).toHaveLength(1);
    expect((await generateIn(folder)).out).toMatch(/up to date/);
    for (const path of ["docs/index.md", "dist/index.js"]) {
      const before = await readFile(join(folder, "out", path), "utf8");
      writeFileSync(join(folder, "out", path), `${before}\n`);
      const { code, out } = await generateIn(folder, "--check");
      expect([code, out]).toEqual([1, expect.stringContaining(`out/${path}`)]);
      writeFileSync(join(folder, "out", path), before);
    }
    rewrite(folder, renamed);
    expect((await generateIn(folder)).out).toMatch(/changed/);
    rewrite(folder, broken);
    expect((await generateIn(folder)).code).toBe(1);
    rewrite(folder, renamed);
    expect((await generateIn(folder)).out).toMatch(/up to date/);
  });

  it("takes no file for the one that it was once it was written to, whatever its size and times", async () => {
    const folder = project({ ...smallest, "node_modules/.keep": "" });
    expect((await generateIn(folder)).code).toBe(0);
    // A run reads what is younger than two seconds, and remembers that it has seen the rest.
    const later = Date.now() + 3_000;
    const seen = async (): Promise<boolean> => {
      vi.spyOn(Date, "now").mockReturnValue(later);
      return (await generateIn(folder)).out.includes("up to date");
    };
    expect([await seen(), await seen()]).toEqual([true, true]);
    expect(Object.keys(tree(remembered(folder)))).toHaveLength(2);
    const path = join(folder, "out/docs/index.md");
    const [before, { atime, mtime }] = [await readFile(path, "utf8"), statSync(path)];
    writeFileSync(path, before.replace("errors", "sorrow"));
    utimesSync(path, atime, mtime);
    expect(await seen()).toBe(false);
    expect([await readFile(path, "utf8"), await seen()]).toEqual([before, true]);
    writeFileSync(join(folder, "out/docs/extra.md"), before);
    expect(await seen()).toBe(false);
  });
});

describe("--check", () => {
  it("names each file that differs, with the lines, and writes nothing", async () => {
    const folder = await generated();
    const path = join(folder, "out/src/shop/statuses.ts");
    const edited = (await readFile(path, "utf8")).replace("429", "430");
    writeFileSync(path, edited.replace(/\n/g, "\r\n"));
    rmSync(join(folder, "out/docs/llms.txt"));
    writeFileSync(join(folder, "out/dist/index.js"), "");
    const before = tree(folder);
    const { code, out } = await generateIn(folder, "--check");
    expect(code).toBe(1);
    // Sources come first, and what is built of them last; line ends are no difference.
    expect(out.match(/^\w.*out\/\S+/gm)).toEqual([
      "differs: out/src/shop/statuses.ts",
      "missing: out/docs/llms.txt",
      "differs: out/dist/index.js",
    ]);
    expect(out).toMatch(/ on\n {2}- .*430,\n {2}\+ .*429,\nmissing/);
    expect(tree(folder)).toEqual(before);
  });

  it("says first what changed in which document, and shows no hash and no data", async () => {
    const folder = await generated();
    const path = join(folder, "catalog/shop/api.yaml");
    const text = await readFile(path, "utf8");
    writeFileSync(path, text.replace("429:", "410:").replace("status: 429", "status: 410"));
    const { code, out } = await generateIn(folder, "--check");
    expect(code).toBe(1);
    expect(out.split("\n").slice(0, 5)).toEqual([
      "changed: catalog/shop/",
      "  major  shop.too-many-requests  removed",
      "changed: catalog/shop/api.yaml",
      "  minor  shop.gone  added",
      expect.stringMatching(/^differs: out\/src\/shop\/\S+ from line \d+ on$/),
    ]);
    expect(out).not.toMatch(/[0-9a-f]{32}/);
    // Of what a person does not read, only the name.
    expect(out).toMatch(/^differs: out\/catalog\.json$/m);
    expect(out.match(/^ {2}[-+]/gm)!.length).toBeLessThan(25);
  });

  it("fails when anything in the build was edited", async () => {
    const folder = await generated();
    writeFileSync(join(folder, "out/dist/shop/statuses.js"), "export {};\n");
    const { code, out } = await generateIn(folder, "--check");
    expect([code, out]).toEqual([1, expect.stringContaining("out/dist/shop/statuses.js")]);
  });
});

/** Resolves once a command has said something since it was last asked; rejects if it ends before. */
function listener(child: ChildProcess): (text: string) => Promise<void> {
  const both = new PassThrough({ encoding: "utf8" });
  for (const stream of [child.stdout!, child.stderr!]) stream.pipe(both, { end: false });
  child.once("close", () => both.end());
  const chunks = both[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
  let said = "";
  return async (text) => {
    while (!said.includes(text)) {
      const { value } = await chunks.next();
      if (value === undefined) throw new Error(`It ended without "${text}" after:\n${said}`);
      said += value;
    }
    said = said.slice(said.indexOf(text) + text.length);
  };
}

describe("--watch", () => {
  it("generates at every change, keeps the last good output, and ends when interrupted", async () => {
    const folder = project(smallest);
    const child = start(folder, "generate", "--watch");
    const heard = listener(child);
    await heard("Watching catalog/");
    await heard("added");
    rewrite(folder, broken);
    await heard("1 problem found");
    expect(Object.keys(tree(join(folder, "out")))).toContain("src/shop/statuses.ts");
    rewrite(folder, renamed);
    await heard("1 removed of");
    expect(tree(join(folder, "out"))["src/shop/statuses.ts"]).toContain("503");
    const closed = once(child, "close");
    child.kill("SIGINT");
    const [code] = (await closed) as [number | null];
    // Windows knows no interrupt: it kills.
    if (!isWindows) expect(code).toBe(0);
  });
});

describe("wrong use", () => {
  it.each([
    [["generat"], 2, "Did you mean generate?"],
    [["generate", "--chek"], 2, "Did you mean --check?"],
    [["generate", "--check", "--watch"], 2, "cannot be combined"],
    [["decode", "--status", "abc"], 2, "from 100 to 599"],
    [["check", "--catalog", "nowhere.yaml"], 1, "manifest/missing"],
  ])("%j", async (args, code, said) => {
    const ran = await errata(project({}), ...args);
    expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(said)]);
    expect(ran.err).not.toContain("    at ");
  });
});
