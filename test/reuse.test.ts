/** Ids and wire values are compared with the catalog.json that is committed, not with the one that lies there. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runCheck } from "../generator/commands/check.js";
import { generate } from "../generator/generate.js";
import { writeCatalog } from "./case-file.js";
import { inProcess } from "./in-process.js";

const folder = mkdtempSync(join(tmpdir(), "errata-"));
afterAll(() => rmSync(folder, { recursive: true }));

const catalog = (name: string, code: string, category: string): string => `
api: { title: Shop API, summary: Sells things., codes: string }
channels:
  http: { transport: http, code: /code }
errors:
  ${name}: { code: ${code}, category: ${category}, outcome: not-executed, retry: never, summary: No., examples: [{ body: { code: ${code} } }] }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
`;

function git(...args: string[]): void {
  const who = ["-c", "user.name=A", "-c", "user.email=a@shop.example"];
  execFileSync("git", [...who, ...args], { cwd: folder, stdio: "ignore" });
}

it("holds what is committed, until it is committed otherwise", async () => {
  const at = join(folder, "catalog");
  const generated = async (...entry: Parameters<typeof catalog>): Promise<readonly string[]> => {
    const { diagnostics } = await generate(writeCatalog(catalog(...entry), at));
    return diagnostics.map(({ id }) => id);
  };
  git("init", "-q");
  // As long as nothing is committed, nobody knows what an id meant.
  expect(await generated("refused", "banned", "permission")).toEqual([]);
  expect(await generated("refused", "declined", "funds-or-limits")).toEqual([]);
  git("add", ".");
  git("commit", "-qm", "First");
  expect(await generated("refused", "banned", "permission")).toEqual(["id/reused"]);
  expect(await generated("banned", "declined", "permission")).toEqual(["match/reused"]);
  const checked = await inProcess(() => runCheck(at, "pretty"));
  expect([checked.code, checked.err]).toEqual([1, expect.stringContaining("match/reused")]);
  // A correction of one or the other, and another name for the same, are no reuse.
  expect(await generated("refused", "declined", "permission")).toEqual([]);
  expect(await generated("refused", "rejected", "funds-or-limits")).toEqual([]);
  expect(await generated("declined", "declined", "funds-or-limits")).toEqual([]);
  expect((await inProcess(() => runCheck(at, "pretty"))).code).toBe(0);
});
