/** Runs the real command in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the command is built before the tests run: users start the build, and it starts in half the time. */
export const built = fileURLToPath(new URL("../.test/", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What Node is given to run the command. */
export function command(...args: readonly string[]): string[] {
  return [join(built, "bin/cli.js"), ...args];
}

export function start(cwd: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, command(...args), { cwd, env: { ...process.env, NO_COLOR: "1" } });
}

export function errata(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return errataReading("", cwd, ...args);
}

/** The same, with a text on standard input. */
export function errataReading(
  input: string,
  cwd: string,
  ...args: readonly string[]
): Promise<Ran> {
  const child = start(cwd, ...args);
  // One that ends without reading closes the pipe.
  child.stdin!.on("error", () => {}).end(input);
  let [out, err] = ["", ""];
  child.stdout!.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr!.on("data", (data: Buffer) => (err += data.toString()));
  return new Promise((done) => child.on("close", (code) => done({ code, out, err })));
}

/** A new temporary folder with files of the given texts, or a copy of a folder. */
export function project(files: Readonly<Record<string, string>> | URL): string {
  const folder = mkdtempSync(join(tmpdir(), "errata-"));
  process.setMaxListeners(0);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  if (files instanceof URL) cpSync(files, folder, { recursive: true });
  else
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  return folder;
}

/** Every file below a folder, as path and text. */
export function tree(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")]),
  );
}

export const smallest: Readonly<Record<string, string>> = {
  "catalog/catalog.yaml": `package: { name: shop-errors, version: "1.0.0", description: The errors of a shop. }
output: ../out
apis: [shop]
`,
  "catalog/shop/api.yaml": `api: { title: Shop API, summary: Sells things. }
channels:
  http: { transport: http }
statuses:
  200: { success: true, outcome: accepted, summary: The request was taken., examples: [{ status: 200 }] }
  429:
    category: throttled
    outcome: not-executed
    retry: never
    summary: Too many requests in this second.
    examples: [{ status: 429 }]
`,
};
