/** The guide for contributors names paths and commands that exist, and what it says of the changelog is so. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { project } from "./command.js";
import { filesIn, root } from "./support.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const guide = read(".github/CONTRIBUTING.md");
const words = [...guide.matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => code!.split(" "));
const paths = new Set(
  words.filter((word) => /^(\.?[\w-]+\/)([\w.<>-]+\/?)*$|^[\w.]+\.(json|md|ts)$/.test(word)),
);

const files = ["catalog", "generated/src", "generator", "test"].flatMap((folder) =>
  filesIn(join(root, folder)).map((path) => `${folder}/${path}`),
);

for (const path of paths)
  it(`there is ${path}`, () => {
    const pattern = new RegExp(`^${path.replaceAll(".", "\\.").replace(/<\w+>/g, "[^/]+")}`);
    const isThere = path.includes("<")
      ? files.some((file) => pattern.test(file))
      : existsSync(join(root, path));
    expect(isThere).toBe(true);
  });

it("names as many paths as it has steps, at least", () => {
  expect(paths.size).toBeGreaterThan([...guide.matchAll(/^\d\. /gm)].length);
});

it.each([
  ".github/CONTRIBUTING.md",
  ".github/workflows/ci.yml",
  ".github/pull_request_template.md",
])("%s names scripts that package.json has", (path) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...read(path).matchAll(/npm (?:run )?(test[\w:]*|(?<=run )[\w:]+)/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, script] of named) expect(Object.keys(scripts)).toContain(script);
});

it("merges what two branches add to the changelog", () => {
  const folder = project({ ".gitattributes": read(".gitattributes") });
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8" });
  const commit = (text: string): void => {
    writeFileSync(join(folder, "CHANGELOG.md"), text);
    git("add", "--all");
    git("commit", "--quiet", "--message", "Change");
  };
  const adding = (line: string): string =>
    read("CHANGELOG.md").replace("## Unreleased\n", `## Unreleased\n\n- ${line}\n`);
  git("init", "--quiet", "--initial-branch", "main");
  git("config", "user.name", "Test");
  git("config", "user.email", "test@example.com");
  git("config", "commit.gpgsign", "false");
  commit(read("CHANGELOG.md"));
  git("switch", "--quiet", "--create", "other");
  commit(adding("One thing."));
  git("switch", "--quiet", "main");
  commit(adding("Another thing."));
  git("merge", "--quiet", "other");
  const merged = readFileSync(join(folder, "CHANGELOG.md"), "utf8");
  expect(merged).toContain("- One thing.\n");
  expect(merged).toContain("- Another thing.\n");
  expect(merged).not.toMatch(/^[<=>]{7}/m);
});
