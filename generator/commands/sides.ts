/** The two sides of `errata diff`: a catalog of YAML, a generated `catalog.json`, or the catalog at a revision of git. */
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { DiagnosticLog } from "../diagnostics/log.js";
import { visible } from "../diagnostics/visible.js";
import { snapshotOf } from "../diff/project.js";
import { asSnapshot, type Snapshot } from "../diff/snapshot.js";
import { check } from "../generate.js";
import { exists } from "../read/project.js";
import type { FormatName } from "./formats/index.js";
import { findManifest } from "./manifest.js";
import { show } from "./show.js";
import { complain } from "./terminal.js";

/** A side, or the exit code once it was shown why there is none. */
export type Side = Snapshot | number;

/** A side as it was named: a path that exists, or else a revision. */
export async function readSide(
  named: string,
  catalog: string | undefined,
  format: FormatName,
): Promise<Side> {
  const found = await stat(named).catch(() => null);
  if (found === null) return atRevision(named, catalog, format);
  if (!found.isDirectory() && named.endsWith(".json")) return fromJson(named);
  // The output folder of a package is a side as well: what it was generated from is in it.
  const generated = join(named, "catalog.json");
  const manifest = await findManifest(named, format);
  if (manifest !== null && !(await exists(manifest)) && (await exists(generated)))
    return fromJson(generated);
  return fromManifest(manifest, format);
}

/** The catalog in the working tree: the one that was named, or the nearest. */
export async function presentSide(catalog: string | undefined, format: FormatName): Promise<Side> {
  return fromManifest(await findManifest(catalog, format), format);
}

async function fromManifest(manifest: string | null, format: FormatName, of = ""): Promise<Side> {
  if (manifest === null) return 1;
  const log = new DiagnosticLog();
  const checked = await check(manifest, log);
  if (checked === null) {
    if (of !== "") complain(`The catalog at ${of} has problems of its own:\n`);
    show(log.sorted, format);
    return 1;
  }
  return snapshotOf(checked);
}

async function fromJson(path: string): Promise<Side> {
  try {
    const snapshot = asSnapshot(JSON.parse(await readFile(path, "utf8")));
    if (snapshot !== null) return snapshot;
    complain(
      `${visible(path)} is JSON, but not a catalog.json that errata has generated. Name that, a manifest, its folder, or a revision.`,
    );
  } catch (error) {
    complain(`${visible(path)} cannot be read as JSON: ${visible((error as Error).message)}`);
  }
  return 2;
}

const run = promisify(execFile);
const most = { maxBuffer: 256 * 1024 * 1024 };

/** The catalog as it was at a revision, written to a temporary folder and read there. */
async function atRevision(
  revision: string,
  catalog: string | undefined,
  format: FormatName,
): Promise<Side> {
  const manifest = await findManifest(catalog, format);
  if (manifest === null) return 1;
  const folder = dirname(manifest);
  // In English, so that what it says can be told apart.
  const env = { ...process.env, LC_ALL: "C" };
  const git = (...args: string[]) => run("git", ["-C", folder, ...args], { ...most, env });
  const quoted = JSON.stringify(visible(revision));
  const root = await git("rev-parse", "--show-toplevel").catch((error: unknown) => {
    complain(`${quoted} is no file or folder, and ${whyNoRevision(error, folder)}`);
    return null;
  });
  if (root === null) return 2;
  const commit = await git(
    ...["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`],
  ).catch(() => null);
  if (commit === null) {
    complain(`${quoted} is no file, no folder and no revision of this repository.`);
    return 2;
  }
  const id = commit.stdout.trim();
  const listed = await git("ls-tree", "-r", "-z", id, "--", ".");
  const files = listed.stdout.split("\0").flatMap((line): TreeFile[] => {
    const [, mode, hash, path] = /^(\d+) blob (\w+)\t([^]+)$/.exec(line) ?? [];
    const isYaml = path !== undefined && /\.ya?ml$/.test(path);
    // A symbolic link has a path for its content.
    return isYaml && mode !== "120000" ? [{ hash: hash!, path }] : [];
  });
  const name = basename(manifest);
  if (!files.some(({ path }) => path === name)) {
    const prefix = relative(resolve(root.stdout.trim()), manifest).split(sep).join("/");
    complain(`There is no ${visible(prefix)} at ${quoted}.`);
    return 2;
  }
  const temporary = await mkdtemp(join(tmpdir(), "errata-"));
  try {
    const copy = join(temporary, "at", "catalog");
    await extract(folder, files, copy);
    return await fromManifest(join(copy, name), format, quoted);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What keeps git from telling. A repository of somebody else, as in a container, is one that it refuses. */
function whyNoRevision(error: unknown, folder: string): string {
  const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
  if (code === "ENOENT") return "git, which would know a revision, is not installed.";
  if (/not a git repository/i.test(stderr))
    return `${visible(folder)} is in no git repository, so it is no revision either.`;
  return `git cannot say whether it is a revision: ${visible(stderr.trim().split("\n")[0]!)}`;
}

interface TreeFile {
  readonly hash: string;
  readonly path: string;
}

/** Writes blobs of a repository to a folder: one process for all of them. */
async function extract(
  repository: string,
  files: readonly TreeFile[],
  folder: string,
): Promise<void> {
  const git = spawn("git", ["-C", repository, "cat-file", "--batch"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  git.stdin.on("error", () => {}).end(files.map(({ hash }) => `${hash}\n`).join(""));
  const bytes = await buffer(git.stdout);
  let at = 0;
  for (const { path } of files) {
    const end = bytes.indexOf("\n", at);
    // A line with the size of the blob comes before it, and a line end after it.
    const size = Number(bytes.toString("utf8", at, end).split(" ")[2]);
    const to = join(folder, path);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, bytes.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
}
