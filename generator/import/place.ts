/** Where a draft goes: into the folder of its API, which the manifest lists. Nothing is replaced unless that is asked for. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Document, isSeq, parseDocument } from "yaml";
import type { DiagnosticLog } from "../diagnostics/log.js";
import { shownPath } from "../diagnostics/paths.js";
import { reason } from "../output/folder.js";
import { packageRoot } from "../read/package-root.js";
import { exists, projectOf, upwards } from "../read/project.js";
import type { DraftFile } from "./write.js";

/** What a new manifest says. */
export interface NewManifest {
  readonly name: string;
  readonly description: string;
  readonly output: string;
  readonly emit: "package" | "source";
}

/** The text of a manifest that lists an API. */
export function manifestText(api: string, said: NewManifest, schema: string | null): string {
  const { name, description, output, emit } = said;
  const document = new Document({
    package: { name, version: "0.1.0", description },
    output,
    apis: [api],
    ...(emit === "package" ? {} : { options: { emit } }),
  });
  const first = schema === null ? "" : `# yaml-language-server: $schema=${schema}\n`;
  return first + document.toString({ lineWidth: 120 });
}

/** The address of the language's schema as seen from a folder, if errata is installed in the same project. */
export async function schemaFrom(folder: string): Promise<string | null> {
  const file = fileURLToPath(new URL("generator/catalog.schema.json", packageRoot));
  const project = await projectOf(folder);
  const home = project?.folder ?? (await nearestPackage(folder));
  if (home === null || !file.startsWith(home + sep)) return null;
  return relative(folder, file).split(sep).join("/");
}

/** The nearest folder that errata is installed in. */
async function nearestPackage(folder: string): Promise<string | null> {
  for (const at of upwards(folder)) if (await exists(join(at, "node_modules"))) return at;
  return null;
}

/** Writes files, or reports each that is in the way and writes none. Gives the paths that were written. */
export async function place(
  folder: string,
  files: readonly DraftFile[],
  force: boolean,
  log: DiagnosticLog,
): Promise<readonly string[] | null> {
  const paths = files.map(({ name }) => join(folder, name));
  const before = log.count;
  if (!force)
    for (const path of paths)
      if (await exists(path)) log.report("draft/in-the-way", null, { path: shownPath(path) });
  if (log.count > before) return null;
  const undo: (() => Promise<void>)[] = [];
  for (const [i, { text }] of files.entries()) {
    const path = paths[i]!;
    try {
      const former = await readFile(path).catch(() => null);
      await mkdir(dirname(path), { recursive: true });
      // What came into being in the meantime is not replaced either.
      await writeFile(path, text, { flag: force ? "w" : "wx" });
      undo.push(() => (former === null ? rm(path) : writeFile(path, former)));
    } catch (error) {
      const shown = { path: shownPath(path) };
      const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
      if (isThere && (await exists(path))) log.report("draft/in-the-way", null, shown);
      else {
        const problem = isThere ? "a file stands in the place of its folder" : reason(error);
        log.report("draft/unwritable", null, { ...shown, problem });
      }
      for (const back of undo) await back();
      return null;
    }
  }
  return paths;
}

/** The documents in the folder of an API. */
export async function yamlIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Adds an API to the list of a manifest and leaves all else of the text as it is. `false` where that cannot be done. */
export async function listApi(manifest: string, api: string): Promise<boolean> {
  const text = await readFile(manifest, "utf8");
  const document = parseDocument(text);
  const apis: unknown = document.get("apis", true);
  if (document.errors.length > 0 || !isSeq(apis)) return false;
  const names = apis.items.map((item) => (item as { value?: unknown }).value);
  if (names.includes(api)) return true;
  const last = (apis.items.at(-1) as { range?: readonly number[] } | undefined)?.range?.[1];
  const start = apis.range?.[0];
  if (start === undefined) return false;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const inserted =
    last === undefined
      ? insert(text, text.indexOf("[", start) + 1, api)
      : apis.flow === true
        ? insert(text, last, `, ${api}`)
        : insert(text, last, `${lineEnd}${indentOf(text, start)}- ${api}`);
  return writeFile(manifest, inserted).then(
    () => true,
    () => false,
  );
}

function insert(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

/** The white space before the first item of a list. */
function indentOf(text: string, start: number): string {
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start).replace(/\S.*$/, "");
}
