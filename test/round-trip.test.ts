/** A page that was drafted is the page of its catalog: verify finds nothing on it, and every edit of it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { check } from "../generator/generate.js";
import { readPage } from "../generator/verify/read.js";
import { verify } from "../generator/verify/verify.js";
import { project } from "./command.js";
import { imported } from "./importing.js";
import { root } from "./support.js";

const fixture = (name: string): string =>
  readFileSync(join(root, "test/fixtures/import", name), "utf8");

interface Story {
  readonly page: string;
  /** A text of the page, and what becomes of it. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

const stories: Readonly<Record<string, Story>> = {
  "a page of headings and bullets, in Markdown": {
    page: fixture("spot.md"),
    edits: [["-1003", "-1903"]],
  },
  "a page in HTML": { page: fixture("page.html"), edits: [] },
  "codes with a sign in headings, and one of all of them": {
    page: `# Errors\n\n## 10xx - General\n\n### -1000 UNKNOWN\n\n- Something went wrong.\n\n### -1003 TOO_MANY\n\n- Too many requests; the limit is %s a minute.\n- IP banned until %s.\n`,
    edits: [
      ["-1000", "-1900"],
      ["banned until", "released at"],
    ],
  },
  "a table for several codes at once, with texts in quotes": {
    page: `# Errors\n\n## Messages for -2010 REJECTED and -2011 NOT_CANCELED\n\nError message | Description\n---|---\n"No such order." | It is [gone](#gone).\n"Too small." / "Too large." | Out of bounds.\n`,
    edits: [["Too large.", "Too wide."]],
  },
  "items of a list that begin with a code": {
    page: `# Error codes\n\n- 100001 - signature verification failed\n- 100202 - insufficient balance\n- 100400 - invalid parameter\n`,
    edits: [["100202", "100203"]],
  },
  "rows that are struck out, and line breaks in cells": {
    page: `# Error codes\n\n| Source | Code | Message |\n|---|---|---|\n| Order<br> | TickSize<br> | Wrong price.<br> |\n| Order | NoMargin | Too little margin. |\n| ~~Order~~ | ~~Old~~ | ~~Gone.~~ |\n`,
    edits: [["| NoMargin |", "| ~~NoMargin~~ |"]],
  },
  "columns that are called by each other's names": {
    page: `# Error codes\n\n| Error message | Error code |\n|---|---|\n| 40001 | {0} is too small |\n| 40002 | {0} is too large |\n| 40003 | Not now |\n`,
    edits: [["40002", "40009"]],
  },
};

it.each(Object.entries(stories))("%s", async (name, { page, edits }) => {
  const file = name.includes("HTML") ? "page.html" : "page.md";
  const folder = project({ [file]: page });
  const path = join(folder, file);
  const { files } = await imported(path);
  const catalog = project({
    ...Object.fromEntries(files.map(({ name, text }) => [`shop/${name}`, text])),
    "catalog.yaml": `package: { name: draft, version: "1.0.0", description: A draft. }\noutput: ../out\napis: [shop]\n`,
  });
  const checked = (await check(join(catalog, "catalog.yaml"), new DiagnosticLog()))!;
  const [api] = checked.catalog.apis;
  const differences = async (): Promise<readonly string[]> => {
    const read = await readPage(path);
    const { differences } = verify(api!, api!.sources[0]!, read, null);
    // That the bytes are others is asked elsewhere.
    const told = differences.filter(({ kind }) => kind !== "page");
    return told.map(({ kind, before, after }) => [kind, ...before, ...after].join(" "));
  };
  expect(await differences()).toEqual([]);
  for (const [from, to] of edits) {
    expect(page).toContain(from);
    writeFileSync(path, page.replace(from, to));
    expect(await differences(), from).not.toEqual([]);
  }
});
