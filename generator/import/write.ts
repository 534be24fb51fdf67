/** A draft as the files of a folder. Readable and short; a comment only where a person has to decide. */
import { Document, isCollection, isMap, isScalar, isSeq, type Node, type Pair, visit } from "yaml";
import { format } from "prettier";
import type { Draft } from "./draft.js";
import type { DraftEntry } from "./entries.js";

export interface DraftFile {
  /** Within the folder of the API. */
  readonly name: string;
  readonly text: string;
}

export interface Opening {
  /** The address of the language's schema, as seen from the folder; `null` where an editor would not find it. */
  readonly schema: string | null;
  /** What the first comment says. */
  readonly says: string;
}

const families = ["statuses", "errors", "declines", "sockets"] as const;

export async function draftFiles(draft: Draft, opening: Opening): Promise<readonly DraftFile[]> {
  const files: DraftFile[] = [
    { name: "api.yaml", text: await yamlOf(draft.sections, draft.comments, opening) },
  ];
  for (const family of families) {
    const own = draft.entries.filter((entry) => entry.family === family);
    if (own.length === 0) continue;
    const nodes = own.map(({ name, node }) => [name, ordered(node)] as const);
    const text = await yamlOf(
      { [family]: new Map(nodes.map(([name, node]) => [keyOf(name), node])) },
      decisions(own),
      {
        schema: opening.schema,
        says: "",
      },
    );
    files.push({ name: `${family}.yaml`, text });
  }
  return files;
}

/** Statuses are numbers in the language's own way of writing. */
function keyOf(name: string): string | number {
  return /^\d{3}$/.test(name) ? Number(name) : name;
}

const order =
  "name title code status message shape overrides success category severity tags summary remedy cite inferred policy undocumented questions examples".split(
    " ",
  );

/** The sections whose nodes are set apart. */
const spaced = new Set<string>([...families, "channels", "operations", "shapes"]);

function ordered(node: Readonly<Record<string, unknown>>): object {
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.fromEntries(Object.entries(node).sort(([a], [b]) => rank(a) - rank(b)));
}

function decisions(entries: readonly DraftEntry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.flatMap(({ family, name, decide }) =>
      decide === null ? [] : [[`${family}.${name}`, decide]],
    ),
  );
}

/** One YAML file. Lists of plain values, and examples, are on one line where they fit. */
async function yamlOf(
  value: object,
  comments: Readonly<Record<string, string>>,
  { schema, says }: Opening,
): Promise<string> {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_, node) => {
      if (isSeq(node) && node.items.every(isScalar)) node.flow = true;
    },
    Pair: (key, pair, path) => {
      const name = String((pair.key as { value?: unknown } | null)?.value);
      if (name === "examples" && isSeq(pair.value))
        for (const item of pair.value.items) if (isShort(item as Node)) flow(item as Node);
      const section = (path[2] as Pair<{ value?: unknown }> | undefined)?.key.value;
      const isNode = path.length === 4 && spaced.has(String(section));
      if (key !== 0 && isMap(pair.value) && (path.length === 2 || isNode)) space(pair);
    },
  });
  for (const [path, text] of Object.entries(comments)) comment(document, path.split("."), text);
  const heading = [
    ...(schema === null ? [] : [`# yaml-language-server: $schema=${schema}`]),
    ...says.split("\n").flatMap((line) => (line === "" ? [] : [`# ${line}`])),
  ];
  return format([...heading, document.toString({ lineWidth: 0 })].join("\n"), {
    ...{ parser: "yaml", printWidth: 120 },
  });
}

const maxFlow = 100;

function isShort(node: Node): boolean {
  return JSON.stringify(node.toJSON()).length <= maxFlow;
}

function flow(node: Node): void {
  if (isCollection(node) && node.items.length > 0) node.flow = true;
}

function space(pair: Pair): void {
  (pair.key as Node).spaceBefore = true;
}

function comment(document: Document, path: readonly string[], text: string): void {
  let at: unknown = document.contents;
  for (const [i, step] of path.entries()) {
    if (!isMap(at)) return;
    const pair = at.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    if (pair === undefined) return;
    if (i === path.length - 1) (pair.key as Node).commentBefore = ` ${text}`;
    at = pair.value;
  }
}
