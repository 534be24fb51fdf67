/** A target is a folder and a line in a list: this one is in no list, and nothing else knows it. */
import { expect, it } from "vitest";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { targets } from "../generator/emit/targets.js";
import { check, produce } from "../generator/generate.js";
import { renderAll, stories } from "./support.js";
import { toy } from "./toy-target/index.js";

const manifestOf = (name: string): string => stories.find((story) => story.name === name)!.manifest;

it("adds its files and changes no other", async () => {
  const manifest = manifestOf("string-codes");
  const log = new DiagnosticLog();
  const checked = await check(manifest, log, [...targets, toy]);
  const { files } = await produce(checked!, manifest);
  const { files: others } = await renderAll(manifest);
  const own = files.filter(({ path }) => path.startsWith("toy/"));
  expect(files.filter((file) => !own.includes(file))).toEqual(others);
  expect(own.map(({ path }) => path)).toEqual(["toy/ids.txt"]);
  expect(own[0]!.text).toMatch(/^([A-Z0-9_]+ = ledger\.[a-z0-9-]+\n){3,}$/m);
});

it("decides its own names, and reports the one that it cannot have", async () => {
  const log = new DiagnosticLog();
  const manifest = manifestOf("smallest");
  expect(await check(manifest, log, [...targets, toy])).toBeNull();
  expect(log.sorted.map(({ id }) => id)).toEqual(["name/reserved"]);
});
