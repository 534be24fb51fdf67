/** Only what was changed is printed, and the output is the same as if all of it had been. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { check, produce } from "../generator/generate.js";
import { currentFiles } from "../generator/output/cache.js";
import { project, smallest, tree } from "./command.js";
import { generateIn } from "./in-process.js";
import { root } from "./support.js";

/** Two APIs that extend one folder, and one that is alone. */
function catalogs(): string {
  const folder = project({ "node_modules/.keep": "" });
  const story = join(root, "test/fixtures/valid/shared-vocabulary/catalog");
  cpSync(story, join(folder, "catalog"), { recursive: true });
  put(folder, "shop/api.yaml", smallest["catalog/shop/api.yaml"]!);
  edit("catalog.yaml", "apis: [", "apis: [shop, ")(folder);
  edit("catalog.yaml", "../expected", "../out")(folder);
  return folder;
}

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, "catalog", path)), { recursive: true });
  writeFileSync(join(folder, "catalog", path), text);
}

function edit(path: string, from: string, to: string): (folder: string) => void {
  return (folder) => {
    const text = readFileSync(join(folder, "catalog", path), "utf8");
    expect(text, path).toContain(from);
    put(folder, path, text.replace(from, to));
  };
}

/** The output of the same catalog where nothing is remembered. */
async function fresh(folder: string): Promise<Readonly<Record<string, string>>> {
  const other = project({});
  cpSync(join(folder, "catalog"), join(other, "catalog"), { recursive: true });
  expect((await generateIn(other)).err).toBe("");
  return tree(join(other, "out"));
}

const more = (name: string): string => `errors:
  ${name.toLowerCase()}:
    { code: ${name}, category: not-found, outcome: not-executed, retry: never, summary: It is gone.,
      cite: common-errors#gone, inferred: { outcome: nothing is there, retry: it stays away },
      examples: [{ status: 404, body: { code: ${name} } }] }
`;

/** Each is made on top of those before it. */
const edits: Readonly<Record<string, (folder: string) => void>> = {
  "a word of an API that is alone": edit("shop/api.yaml", "was taken", "was taken over"),
  "a word of an API that extends another folder": edit("queue/api.yaml", "a moment", "a while"),
  "a word of what two APIs extend": edit("common/common.yaml", "for a reason", "for some reason"),
  "an entry more": (folder) => put(folder, "queue/more.yaml", more("Gone")),
  "an entry of what two APIs extend, said otherwise by one": (folder) =>
    put(
      folder,
      "queue/more.yaml",
      `${more("Gone")}  access-denied: { summary: The queue is somebody else's. }\n`,
    ),
  "a file less": (folder) => rmSync(join(folder, "catalog/queue/more.yaml")),
  "the description of the package": edit("catalog.yaml", "What the", "What all the"),
  "an API less": (folder) => {
    rmSync(join(folder, "catalog/shop"), { recursive: true });
    edit("catalog.yaml", "shop, ", "")(folder);
  },
  "an API more": (folder) => {
    put(folder, "shop/api.yaml", smallest["catalog/shop/api.yaml"]!);
    edit("catalog.yaml", "apis: [", "apis: [shop, ")(folder);
  },
  "the order of the APIs": edit("catalog.yaml", "shop, queue", "queue, shop"),
};

it("prints the same as a run that remembers nothing, after any change", async () => {
  const folder = catalogs();
  expect((await generateIn(folder)).err).toBe("");
  for (const [name, change] of Object.entries(edits)) {
    change(folder);
    const { err, out } = await generateIn(folder);
    expect([err, out], name).toEqual(["", expect.stringMatching(/added|changed|removed/)]);
    expect(tree(join(folder, "out")), name).toEqual(await fresh(folder));
  }
});

/** The APIs whose files are printed by the next run. */
async function printed(folder: string): Promise<readonly string[]> {
  const home = process.cwd();
  process.chdir(folder);
  const manifest = join(process.cwd(), "catalog/catalog.yaml");
  const checked = (await check(manifest, new DiagnosticLog()))!;
  const current = await currentFiles(manifest, join(process.cwd(), "out"), checked.inputs);
  const apis = new Set<string>();
  for await (const { api } of produce(checked, manifest, current).files) if (api) apis.add(api);
  process.chdir(home);
  return [...apis].sort();
}

describe("what is printed", () => {
  it.each([
    ["an API that is alone", edits["a word of an API that is alone"]!, ["shop"]],
    [
      "an API that extends what another one extends, since what they share is printed once",
      edits["a word of an API that extends another folder"]!,
      ["queue", "storage"],
    ],
    ["the manifest", edits["the description of the package"]!, ["queue", "shop", "storage"]],
  ])("after a change of %s", async (_, change, expected) => {
    const folder = catalogs();
    await generateIn(folder);
    expect(await printed(folder)).toEqual([]);
    change(folder);
    expect(await printed(folder)).toEqual(expected);
  });

  it("is an API any file of which is not as it was written", async () => {
    const folder = catalogs();
    await generateIn(folder);
    writeFileSync(join(folder, "out/dist/shop/index.js"), "");
    expect(await printed(folder)).toEqual(["shop"]);
    rmSync(join(folder, "out/schemas/queue"), { recursive: true });
    expect(await printed(folder)).toEqual(["queue", "shop"]);
  });
});

describe("what is remembered", () => {
  /** Texts of what was kept, made by a run before. */
  const harm: Readonly<Record<string, (text: string, former: string) => string | null>> = {
    "is lost": () => null,
    "is cut short": (text) => text.slice(0, text.length / 2),
    "is empty": () => "",
    "is something else": () => "{}",
    "is changed in a place": (text) => text.replace(/"(?=[a-z])/, '"x'),
    "is older": (_, former) => former,
  };

  it.each(Object.entries(harm))("makes no difference where it %s", async (_, by) => {
    const folder = catalogs();
    const cache = join(folder, "node_modules/.cache/errata");
    await generateIn(folder);
    const former = tree(cache);
    edits["a word of an API that is alone"]!(folder);
    await generateIn(folder);
    edits["a word of what two APIs extend"]!(folder);
    for (const [path, text] of Object.entries(tree(cache))) {
      const harmed = by(text, former[path] ?? text);
      if (harmed === null) rmSync(join(cache, path));
      else writeFileSync(join(cache, path), harmed);
    }
    await generateIn(folder);
    expect(tree(join(folder, "out"))).toEqual(await fresh(folder));
  });

  it("knows no document longer than the last run did", async () => {
    const folder = catalogs();
    const long = (word: string): string =>
      Array.from({ length: 60 }, (_, i) => more(`${word}${i}`).replace("errors:\n", "")).join("");
    const documents = (): readonly string[] =>
      Object.keys(tree(join(folder, "node_modules/.cache/errata"))).filter((path) =>
        path.includes("-documents/"),
      );
    for (const word of ["Gone", "Lost"]) {
      put(folder, "queue/more.yaml", `errors:\n${long(word)}`);
      expect((await generateIn(folder)).err).toBe("");
      expect(documents()).toHaveLength(1);
    }
  });

  it("gives a mistake its place", async () => {
    const folder = catalogs();
    const long = Array.from({ length: 60 }, (_, i) => more(`Gone${i}`).replace("errors:\n", ""));
    put(folder, "queue/more.yaml", `errors:\n${long.join("")}`);
    expect((await generateIn(folder)).err).toBe("");
    // The long file is remembered, and what is wrong is found when all are put together.
    put(folder, "queue/other.yaml", more("Gone7"));
    const first = await generateIn(folder);
    rmSync(join(folder, "node_modules/.cache"), { recursive: true });
    expect([first.code, first.err]).toEqual([1, (await generateIn(folder)).err]);
    expect(first.err).toContain("catalog/queue/more.yaml:");
  });
});
