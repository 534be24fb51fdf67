/**
 * Test cases as text files. An input is the YAML of the API `shop`; further files of its catalog begin with a line such
 * as `--- shop/errors.yaml`. A line `===` ends it, and what is expected of it follows.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A catalog with a mistake, what the terminal prints about it, and perhaps the same catalog without the mistake. */
export interface Case {
  /** Empty for the first of a file, unless it has a name. */
  readonly name: string;
  readonly input: string;
  readonly printed: string;
  readonly fixed: string | null;
}

/** The cases of a file: each but the first begins with `=== case <name>`, and one may end with `=== fixed` and a catalog. */
export function readCases(text: string): readonly Case[] {
  const [first = "", ...rest] = text.split(/^=== case (.+)\n/m);
  const named = rest.flatMap((name, i) => (i % 2 === 0 ? [[name, rest[i + 1]!] as const] : []));
  const all = first === "" ? named : [["", first] as const, ...named];
  return all.map(([name, part]) => {
    const [before = "", fixed = null] = part.split(/^=== fixed\n/m);
    const [input = "", printed = ""] = before.split(/^===\n/m);
    return { name, input, printed, fixed };
  });
}

/** The text of a file with these cases. */
export function writeCases(cases: readonly Case[]): string {
  const texts = cases.map(
    ({ name, input, printed, fixed }) =>
      `${name === "" ? "" : `=== case ${name}\n`}${input}===\n${printed}${fixed === null ? "" : `=== fixed\n${fixed}`}`,
  );
  return texts.join("");
}

/** What a catalog has unless it says otherwise. */
const manifest = `package: { name: shop-errors, version: "1.0.0", description: What can go wrong in a shop. }
output: ../generated
apis: [shop]
`;

/** Writes the catalog of an input into a folder, and gives the path of its manifest. */
export function writeCatalog(input: string, folder: string): string {
  const [api = "", ...others] = input.split(/^--- (\S+)\n/m);
  const files = new Map([["catalog.yaml", manifest]]);
  if (api !== "") files.set("shop/api.yaml", api);
  for (let i = 0; i < others.length; i += 2) files.set(others[i]!, others[i + 1]!);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(folder, "catalog.yaml");
}
