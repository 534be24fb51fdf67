/** What the tests share: the stories under fixtures/valid, and how to read and print a catalog. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AnySchemaObject } from "ajv";
import ts from "typescript";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { check, type Checked, produce } from "../generator/generate.js";
import type { RecognisedCatalog } from "../generator/recognise/recognise.js";
import { pretty } from "../generator/diagnostics/pretty.js";
import type { OutputFile } from "../generator/model/output-file.js";
import { isBuilt } from "../generator/output/ownership.js";
import type { Output } from "../generator/output/write.js";

export const root = fileURLToPath(new URL("../", import.meta.url));
export const realManifest = join(root, "catalog/catalog.yaml");
export const generated = join(root, "generated");

const valid = join(root, "test/fixtures/valid");

/** A catalog, and beside it the whole output that is expected of it. */
export interface Story {
  readonly name: string;
  readonly manifest: string;
  readonly expected: string;
}

export const stories: readonly Story[] = readdirSync(valid)
  .sort()
  .map((name) => ({
    name,
    manifest: join(valid, name, "catalog/catalog.yaml"),
    expected: join(valid, name, "expected"),
  }));

/** The model of a catalog that has no errors. */
export async function load(manifest: string): Promise<RecognisedCatalog> {
  return (await loadChecked(manifest)).catalog;
}

/** The same, with its targets. */
export async function loadChecked(manifest: string): Promise<Checked> {
  const log = new DiagnosticLog();
  const checked = await check(manifest, log);
  if (checked === null) throw new Error(pretty(log.sorted));
  return checked;
}

/** A whole output in memory: what is committed, and what is built from it. */
export interface Rendered extends Output {
  readonly files: readonly OutputFile[];
  readonly built: readonly OutputFile[];
}

export async function renderAll(manifest: string): Promise<Rendered> {
  return rendered(await loadChecked(manifest), manifest);
}

export async function rendered(checked: Checked, manifest: string): Promise<Rendered> {
  const output = produce(checked, manifest);
  const all: OutputFile[] = [];
  for await (const file of output.files) all.push(file);
  const [files, built] = [false, true].map((is) => all.filter(({ path }) => isBuilt(path) === is));
  return { ...output, files: files!, built: built! };
}

/** The files under a folder, as paths relative to it with forward slashes. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join("/"))
    .sort();
}

/** The JSON Schemas in a generated folder. */
export function schemasOf(
  folder: string,
): readonly { readonly path: string; readonly schema: AnySchemaObject }[] {
  return filesIn(folder)
    .filter((path) => path.endsWith(".schema.json"))
    .map((path) => ({ path, schema: JSON.parse(readFileSync(join(folder, path), "utf8")) }));
}

/** The names of every JSDoc tag in a module. */
export function tagsIn(file: ts.SourceFile): readonly string[] {
  const tags = new Set<ts.JSDocTag>();
  const gather = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) tags.add(tag);
    node.forEachChild(gather);
  };
  gather(file);
  return [...tags].map((tag) => tag.tagName.text);
}
