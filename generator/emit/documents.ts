/** What the documents about an API have in common, OpenAPI and AsyncAPI: what it is, and what its entries arrive in. */
import { steps } from "../match/pointer.js";
import type { Channel } from "../model/channel.js";
import type { Entry, Example } from "../model/entry.js";
import { outcomes } from "../model/taxonomy.js";
import type { RecognisedApi, RecognisedCatalog } from "../recognise/recognise.js";
import { publishedPage } from "./address.js";
import { bodySchema } from "./entry-schemas.js";
import { nodeSchema, type Schema } from "./json-schema.js";
import { text } from "./markdown.js";
import { open } from "./open-schema.js";

/** The `info` of a document. */
export function infoOf(api: RecognisedApi, { package: about }: RecognisedCatalog): object {
  const { version, license } = about;
  return {
    title: api.title,
    version,
    description: `${text(api.summary)} What it can answer, as the package ${about.name} knows it.`,
    ...(license === null ? {} : { license: { name: license } }),
  };
}

/** What each entry asks of the body that it arrives in, and what it then means; and the shapes that these refer to. */
export function schemasOf(
  api: RecognisedApi,
  entries: readonly Entry[],
  catalog: RecognisedCatalog,
): object {
  const shapes = new Set<string>();
  const toShape = (shape: string): string => {
    shapes.add(shape);
    return `#/components/schemas/${shapeName(shape)}`;
  };
  const ofEntries = entries.filter(asksOfBody).map((entry): [string, object] => [
    entry.name,
    {
      title: entry.title,
      description: `${text(entry.summary)} ${outcomes[entry.outcome]}`,
      ...pageOf(entry, catalog),
      ...open(bodySchema(entry, toShape)),
    },
  ]);
  const ofShapes = api.shapes
    .filter(({ name }) => shapes.has(name))
    .map(({ name, title, summary, root }): [string, object] => [
      shapeName(name),
      { title, description: text(summary), ...open(nodeSchema(root)) },
    ]);
  return Object.fromEntries<object>([...ofEntries, ...ofShapes]);
}

/** No entry has a dot in its name. */
const shapeName = (shape: string): string => `shape.${shape}`;

/** Whether an entry asks anything of the body. */
export function asksOfBody(entry: Entry): boolean {
  return Object.keys(bodySchema(entry)).length > 0;
}

/** The schema of an entry, in the document that has it. */
export function refTo({ name }: Entry): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** The page of an entry, where the docs are published. */
export function pageOf(entry: Entry, { docs }: RecognisedCatalog): object {
  const url = publishedPage(docs, entry);
  return url === null ? {} : { externalDocs: { url } };
}

/** The examples of an entry that arrive on a channel, each under a name of its own. */
export function examplesOn(
  channel: Channel,
  { name, examples }: Entry,
): readonly (readonly [name: string, example: Example])[] {
  return examples
    .filter((example) => example.channel === channel)
    .map((example, i) => [i === 0 ? name : `${name}-${i + 1}`, example]);
}

/** The body that an item of a batch arrives in, if it is the only one. Nothing else of it was taken. */
export function bodyWith(item: unknown, { items, accepted }: Channel): unknown {
  const [first = ""] = items;
  const list = put({}, steps(first), [item]);
  return accepted === null || accepted === first ? list : put(list, steps(accepted), []);
}

/** A body with a value at the end of some keys; any item of a list is its first. */
function put(body: unknown, [key, ...more]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (key === "*") return [put({}, more, value)];
  const inner = (body as Readonly<Record<string, unknown>>)[key] ?? {};
  return { ...(body as object), [key]: put(inner, more, value) };
}

/** What an example is called and what comes back, as both kinds of documents have it. */
export function titled({ title }: Example, entry: Entry): string {
  return title ?? entry.title;
}
