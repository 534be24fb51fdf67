/** Whatever git or a formatter makes of the generated files, the next run sets it right. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, getFileInfo } from "prettier";
import { beforeAll, describe, expect, it } from "vitest";
import { project, tree } from "./command.js";
import { generateIn } from "./in-process.js";
import { root } from "./support.js";

const decline = (name: string, text: string): string => `
  ${name}:
    message: ${text}
    category: market-unavailable
    outcome: not-executed
    retry: never
    summary: The bookmaker gives no price for this at present.
    remedy: Place it at another bookmaker.
    cite: errors#order-decline-reasons
    inferred:
      message: made up for a test
      outcome: made up for a test
      retry: made up for a test
      remedy: made up for a test
      examples: made up for a test
    examples:
      - body: { requestUuid: 00000000-0000-4000-8000-00000000000a, declineReason: ${text}, bets: [] }
`;

const socket = `
  feed-restarted:
    message: Feed restarted
    category: unavailable
    outcome: not-executed
    retry: never
    summary: The feed began anew.
    remedy: Subscribe again.
    cite: errors#websocket-errors
    inferred:
      outcome: made up for a test
      retry: made up for a test
      remedy: made up for a test
      examples: made up for a test
    examples:
      - body: { error: Feed restarted }
`;

const declines = "catalog/abp/declines.yaml";
const sockets = "catalog/mm/sockets.yaml";

function git(folder: string, ...args: readonly string[]): string {
  const settings = ["user.name=test", "user.email=test@example.com", "commit.gpgsign=false"];
  const { stdout } = spawnSync("git", [...settings.flatMap((one) => ["-c", one]), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return stdout;
}

function output(folder: string): Readonly<Record<string, string>> {
  return tree(join(folder, "generated"));
}

/** Puts a text behind the first entry of a file, or at its end. */
function insert(folder: string, path: string, text: string, where: "first" | "last"): void {
  const before = readFileSync(join(folder, path), "utf8");
  const second = [...before.matchAll(/^ {2}[a-z].*:\r?$/gm)][1]!.index;
  const at = where === "first" ? second : before.length;
  writeFileSync(join(folder, path), before.slice(0, at) + text + before.slice(at));
}

/** What the catalog of a project gives in an empty folder. */
async function fresh(folder: string): Promise<Readonly<Record<string, string>>> {
  const other = project({});
  cpSync(join(folder, "catalog"), join(other, "catalog"), { recursive: true });
  const { code, err } = await generateIn(other);
  expect([code, err]).toEqual([0, ""]);
  return output(other);
}

let base: string;
beforeAll(async () => {
  base = project({ ".gitignore": "dist/\n" });
  cpSync(join(root, "catalog"), join(base, "catalog"), { recursive: true });
  expect((await generateIn(base)).code).toBe(0);
  git(base, "init", "-qb", "main");
  git(base, "config", "core.autocrlf", "false");
  git(base, "add", "-A");
  git(base, "commit", "-qm", "The catalog");
  expect(git(base, "log", "--format=%s")).toBe("The catalog\n");
});

function copy(): string {
  const folder = project({});
  cpSync(base, folder, { recursive: true });
  return folder;
}

type Edit = (folder: string) => void;

/** A branch for each edit of the catalog, with its output, and the second merged into the first. */
async function merged(edits: readonly [Edit, Edit]): Promise<string> {
  const folder = copy();
  for (const [i, edit] of edits.entries()) {
    git(folder, "checkout", "-q", "-b", `branch-${i}`, "main");
    edit(folder);
    const { code, err } = await generateIn(folder);
    expect([code, err]).toEqual([0, ""]);
    git(folder, "add", "-A");
    git(folder, "commit", "-qm", `Edit ${i}`);
  }
  git(folder, "checkout", "-q", "branch-0");
  git(folder, "merge", "--no-edit", "branch-1");
  return folder;
}

/** Files that git could not merge. */
function conflicts(folder: string): readonly string[] {
  return git(folder, "diff", "--name-only", "--diff-filter=U").split("\n").slice(0, -1);
}

/** What `generate` makes of a project is what its catalog gives anywhere, and git sees nothing else. */
async function expectSetRight(folder: string): Promise<void> {
  const { code, err } = await generateIn(folder);
  expect([code, err]).toEqual([0, ""]);
  expect(output(folder)).toEqual(await fresh(folder));
  expect((await generateIn(folder, "--check")).code).toBe(0);
  git(folder, "add", "-A");
  git(folder, "commit", "-qm", "Merge");
  expect(git(folder, "status", "--porcelain")).toBe("");
}

describe("generate after a merge", () => {
  it("finds nothing to do where two branches added to different APIs", async () => {
    const folder = await merged([
      (at) => insert(at, declines, decline("no-price", "No price"), "last"),
      (at) => insert(at, sockets, socket, "last"),
    ]);
    expect(conflicts(folder)).toEqual([]);
    const before = output(folder);
    await expectSetRight(folder);
    expect(before["src/abp/declines.ts"]).toContain("No price");
    expect(before["src/mm/sockets.ts"]).toContain("Feed restarted");
    const sources = ([path]: [string, string]): boolean => !path.startsWith("dist/");
    expect(Object.entries(output(folder)).filter(sources)).toEqual(
      Object.entries(before).filter(sources),
    );
  });

  it("resolves every conflict in generated files where they added to the same API", async () => {
    const folder = await merged([
      (at) => insert(at, declines, decline("no-price", "No price"), "first"),
      (at) => insert(at, declines, decline("no-quote", "No quote"), "last"),
    ]);
    expect(conflicts(folder)).toEqual(
      expect.arrayContaining(["generated/catalog.json", "generated/src/abp/declines.ts"]),
    );
    expect(conflicts(folder).filter((path) => !path.startsWith("generated/"))).toEqual([]);
    expect(() => JSON.parse(output(folder)["catalog.json"]!)).toThrow();
    await expectSetRight(folder);
    expect(output(folder)["src/abp/declines.ts"]).toMatch(/"No price"[^]*"No quote"/);
  });

  it("deletes what one branch changed and the other no longer generates", async () => {
    const folder = await merged([
      (at) => insert(at, sockets, socket, "last"),
      (at) => {
        const path = join(at, "catalog/catalog.yaml");
        const manifest = readFileSync(path, "utf8");
        writeFileSync(path, manifest.replace("apis: [mm, abp, 6mm]", "apis: [abp, 6mm]"));
        // What nobody lists would be reported; what begins with a dot is left alone.
        renameSync(join(at, "catalog/mm"), join(at, "catalog/.mm"));
      },
    ]);
    expect(conflicts(folder)).toContain("generated/src/mm/sockets.ts");
    expect(conflicts(folder).filter((path) => !path.startsWith("generated/"))).toEqual([]);
    await expectSetRight(folder);
    expect(Object.keys(output(folder)).filter((path) => path.includes("mm/sockets"))).toEqual([]);
  });
});

describe("generate", () => {
  it("undoes what a formatter made of all files", async () => {
    const folder = copy();
    const before = output(folder);
    let formatted = 0;
    for (const [path, text] of Object.entries(before)) {
      const filepath = join(folder, "generated", path);
      if ((await getFileInfo(filepath)).inferredParser === null) continue;
      const after = await format(text, { filepath });
      if (after !== text) formatted++;
      writeFileSync(filepath, after);
    }
    expect(formatted).toBeGreaterThan(100);
    expect((await generateIn(folder, "--check")).code).toBe(1);
    expect((await generateIn(folder)).out).toContain(`generated/: ${formatted} changed of`);
    expect(output(folder)).toEqual(before);
  });

  it("takes a checkout with line ends of Windows as it is", async () => {
    const folder = project({});
    git(folder, "clone", "-q", "-c", "core.autocrlf=true", base, "windows");
    const windows = join(folder, "windows");
    expect(output(windows)["README.md"]).toContain("\r\n");
    expect((await generateIn(windows, "--check")).code).toBe(0);
    insert(windows, sockets, socket.replace(/\n/g, "\r\n"), "last");
    const { code, err } = await generateIn(windows);
    expect([code, err]).toEqual([0, ""]);
    const files = Object.entries(output(windows)).map(([path, text]) => [
      path,
      text.replace(/\r\n/g, "\n"),
    ]);
    expect(Object.fromEntries(files)).toEqual(await fresh(windows));
  });
});
