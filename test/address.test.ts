/** One address: comments, problem types, documents and blocks lead to the page that the docs have of an entry. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { publishedAt } from "../generator/emit/address.js";
import { project, smallest } from "./command.js";
import { renderAll } from "./support.js";

/** The texts of a small shop's files by path, with these lines in its manifest. */
async function filesWith(lines: string): Promise<ReadonlyMap<string, string>> {
  const manifest = join(project(smallest), "catalog/catalog.yaml");
  writeFileSync(join(dirname(manifest), "catalog.yaml"), smallest["catalog/catalog.yaml"]! + lines);
  const { files } = await renderAll(manifest);
  return new Map(files.map(({ path, text }) => [path, text]));
}

it("is where a host serves the page, without the ending of its file", () => {
  const at = (page: string): string => publishedAt("https://docs.example/errors", page);
  expect(at("shop/errors/busy.md")).toBe("https://docs.example/errors/shop/errors/busy");
  expect(at("shop/index.md")).toBe("https://docs.example/errors/shop/");
  expect(at("index.md")).toBe("https://docs.example/errors/");
  expect(at("shop/retries.md#retry--busy")).toBe(
    "https://docs.example/errors/shop/retries#retry--busy",
  );
  expect(at("shop/errors/my-index.md")).toBe("https://docs.example/errors/shop/errors/my-index");
});

it("is in the comments of what is generated of an entry, once the manifest says where the docs are", async () => {
  const plain = await filesWith("");
  const published = await filesWith("docs: { url: https://docs.example/errors/ }\n");
  const see = "@see https://docs.example/errors/shop/statuses/too-many-requests\n";
  for (const path of ["src/shop/failures.ts", "src/shop/statuses.ts"]) {
    expect(plain.get(path)).not.toContain("@see");
    expect(published.get(path)!.split(see)).toHaveLength(2);
  }
  expect(published.has("docs/shop/statuses/too-many-requests.md")).toBe(true);
});
