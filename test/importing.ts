/** Documents as `errata import` drafts them. */
import { join } from "node:path";
import { expect } from "vitest";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { pretty } from "../generator/diagnostics/pretty.js";
import { type Imported, importDocument } from "../generator/import/import.js";
import { project } from "./command.js";

/** A document as it is imported, into a draft that passes. */
export async function imported(path: string, as?: string): Promise<Imported> {
  const log = new DiagnosticLog();
  const wanted = { api: "shop", as, encoding: undefined, url: undefined, schema: null };
  const found = await importDocument(path, wanted, log);
  if (typeof found === "string") throw new Error(`${found}\n${pretty(log.sorted)}`);
  expect(pretty(found.diagnostics)).toBe(pretty([]));
  return found;
}

/** A document of this name and text, as it is imported. */
export function importing(name: string, text: string): Promise<Imported> {
  return imported(join(project({ [name]: text }), name));
}

/** The entries of a draft by what they are recognised by. */
export function wires({ draft }: Imported): readonly string[] {
  return draft.entries.map(({ family, name, node }) => {
    const { code, message, shape } = node;
    if (family === "statuses") return name;
    return [code ?? [], message ?? [], shape ?? []].flat().join(" ");
  });
}
