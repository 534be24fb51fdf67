/**
 * One generated file per kind, small enough to read: a catalog, and behind `=== <path>` the file that it gives. To
 * accept what changed: `npx vitest run test/pages.test.ts -u`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeCatalog } from "./case-file.js";
import { project } from "./command.js";
import { renderAll, root } from "./support.js";

const folder = join(root, "test/fixtures/pages");

it.each(readdirSync(folder).sort())("%s", async (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const [, input, path] = /^([^]*?)^=== (.+)\n/m.exec(text)!;
  const { files } = await renderAll(writeCatalog(input!, join(project({}), "catalog")));
  const page = files.find((file) => file.path === path)?.text;
  expect(page, path).toBeDefined();
  await expect(`${input}=== ${path}\n${page}`).toMatchFileSnapshot(join(folder, name));
});
