/** Packages as npm ships them, and empty projects that install them. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { generated, root } from "./support.js";

const scratch = mkdtempSync(join(tmpdir(), "errata-package-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** Runs a command and gives what it prints; throws with all of it if it fails. */
export function run(cwd: string, command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
  }
}

/** The tarball of a package folder. */
export function pack(folder: string): string {
  const said = run(folder, "npm", "pack", "--json", "--pack-destination", scratch);
  // What the scripts of the package say comes first.
  const [{ filename }] = JSON.parse(said.slice(said.search(/^\[$/m))) as [{ filename: string }];
  return join(scratch, filename);
}

/** The tarball of the generated package. */
export function packGenerated(): string {
  if (!existsSync(join(generated, "dist")))
    run(root, process.execPath, "--import", "tsx", "generator/cli.ts", "generate");
  return pack(generated);
}

/** An empty project with some packages installed. */
export function projectWith(name: string, ...packages: string[]): string {
  const folder = join(scratch, name);
  put(folder, "package.json", `{ "name": "${name}", "private": true, "type": "module" }`);
  // The settings of this repository are not those of a project elsewhere.
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  run(folder, "npm", "install", "--engine-strict=false", ...quiet, ...packages);
  return folder;
}

/** Writes a file of a project. */
export function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
