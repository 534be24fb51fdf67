/** The pages that explain diagnostics, as this package ships them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { shownPath } from "../diagnostics/paths.js";
import { packageRoot } from "../read/package-root.js";

const file = new URL("generator/diagnostics/README.md", packageRoot);

/** Where the page of a diagnostic is, seen from the working directory. */
export function addressOf(id: string): string {
  const path = shownPath(fileURLToPath(file));
  return `${path}#${id.replace("/", "-")}`;
}

/** The page of a diagnostic as plain text; `null` where it is none. */
export function pageOf(id: string): string | null {
  const sections = readFileSync(file, "utf8").split(/^<a id=.*\n\n## /m);
  const page = sections.find((section) => section.startsWith(`${id}\n`));
  if (page === undefined) return null;
  return page
    .replace(/^```\w+\n([^]*?)^```\n/gm, (_, code: string) => code.replace(/^(?=.)/gm, "    "))
    .trimEnd();
}
