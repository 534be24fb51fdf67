/** `errata completion`, as the shells run it. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { names } from "../generator/commands/index.js";
import { project } from "./command.js";
import { errataIn } from "./in-process.js";
import { root } from "./support.js";

const hasShell = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

/** Asks a shell what may stand at the end of a line, with a script that says one per line. */
const askers: Readonly<Record<string, (line: string) => readonly string[]>> = {
  bash: (line) => [
    "-c",
    `source ./script
line="$1"; COMP_WORDS=($line); case "$line" in *" ") COMP_WORDS+=("") ;; esac
COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); _errata; printf '%s\\n' "\${COMPREPLY[@]}"`,
    "bash",
    line,
  ],
  // Without a terminal zsh completes nothing: what it would offer is written down instead.
  zsh: (line) => [
    "-fc",
    `compdef() { }; compadd() { shift; printf '%s\\n' "$@" }; _files() { }
_describe() { for one in "\${(@P)2}"; do printf '%s\\n' "\${one%%:*}"; done }
source ./script
words=(\${(z)1}); case "$1" in *" ") words+=("") ;; esac
CURRENT=$#words; PREFIX="\${words[CURRENT]}"; _errata`,
    "zsh",
    line,
  ],
  fish: (line) => ["-c", `source ./script; complete -C "$argv[1]"`, line],
};

describe.each(Object.keys(askers))("%s", (shell) => {
  const offered = async (line: string): Promise<readonly string[]> => {
    const folder = project({});
    const { code, out } = await errataIn(root, "completion", shell);
    expect(code).toBe(0);
    writeFileSync(join(folder, "script"), out);
    const ran = spawnSync(shell, askers[shell]!(line), { cwd: folder, encoding: "utf8" });
    expect(ran.stderr).toBe("");
    const last = line.split(" ").at(-1)!;
    // bash and fish compare with what is there already; here zsh does not.
    return ran.stdout
      .split("\n")
      .map((one) => one.split("\t")[0]!)
      .filter((one) => one !== "" && one.startsWith(last));
  };

  it.skipIf(!hasShell(shell)).each([
    ["errata ", names],
    ["errata ver", ["verify"]],
    ["errata check --format ", ["pretty", "json", "github", "sarif"]],
    ["errata check --format s", ["sarif"]],
    ["errata diff a --fail-on m", ["major", "minor"]],
    ["errata completion ", ["bash", "zsh", "fish"]],
    ["errata list --t", ["--tag"]],
  ])("%s", async (line, wanted) => {
    expect((await offered(line)).toSorted()).toEqual([...wanted].sort());
  });

  it.skipIf(!hasShell(shell))("leaves files to the shell", async () => {
    expect(await offered("errata verify shop no-such-file")).toEqual([]);
  });
});

it("knows no other shell", async () => {
  const { code, err } = await errataIn(root, "completion", "csh");
  expect([code, err]).toEqual([2, expect.stringContaining("Allowed choices are bash, zsh, fish.")]);
});
