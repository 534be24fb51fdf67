/** The modules that the site makes of the catalog, each of which is loaded when it is first needed. */
import { join } from "node:path";
import type { UserConfig } from "vitepress";
import type { Catalog } from "../lib/catalog.js";
import { endsOf, entriesOf, foundByNothing, type Indexed, listedOf } from "../lib/entries.js";
import type { Pages } from "../lib/navigation.js";

type Plugins = NonNullable<NonNullable<UserConfig["vite"]>["plugins"]>;

/** How many entries the table has in its page; more are a page too large. */
const many = 250;

export function catalogModules(catalog: Catalog, pages: Pages, generated: string): Plugins[number] {
  const entries = entriesOf(catalog);
  const modules: Readonly<Record<string, () => string>> = {
    "virtual:index": () => exported([...entries, ...endsOf(catalog), ...ofPages(pages)]),
    "virtual:entries": () => exported(entries.length > many ? [] : entries.map(listedOf)),
    "virtual:decoders": () => decoders(catalog, generated),
  };
  return {
    name: "errata-catalog",
    resolveId: (id) => (Object.hasOwn(modules, id) ? `\0${id}` : undefined),
    load: (id) => modules[id.slice(1)]?.(),
  };
}

/** As a text that is parsed, which a browser does faster than a literal. */
function exported(data: unknown): string {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(data))});`;
}

function ofPages(pages: Pages): readonly Indexed[] {
  return [...pages]
    .filter(([path]) => path !== "index")
    .map(([path, { title, description }]) => ({
      ...{ id: path, path, api: "", title, seen: "", kind: "page" },
      ...{ outcome: null, category: null, again: null, next: description },
      ...{ ...foundByNothing, summary: description },
    }));
}

/** What decoders are given of each API, and its code from the package as it is published. */
function decoders({ apis }: Catalog, generated: string): string {
  const data = apis.map(({ id, title, prefix, channels, operations = [] }) => ({
    ...{ id, title, prefix },
    channels: channels.map(({ name, kind, names, items, accepted, key }) => ({
      ...{ name, kind, names, items, accepted, key },
    })),
    operations: operations.map(({ name, kind }) => ({ name, kind })),
  }));
  const imports = apis.map(
    ({ id }, i) =>
      `import * as api${i} from ${JSON.stringify(join(generated, "dist", id, "index.js"))};`,
  );
  return `${imports.join("\n")}
const code = [${apis.map((_, i) => `api${i}`).join(", ")}];
export default ${JSON.stringify(data)}.map((api, i) => ({ ...api, code: code[i] }));`;
}
