/** The pages that explain diagnostics, as this package ships them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DiagnosticId } from "../diagnostics/log.js";
import { shownPath } from "../diagnostics/paths.js";
import { packageRoot } from "../read/package-root.js";

const file = new URL("generator/diagnostics/README.md", packageRoot);

/** Where the page of a diagnostic is, seen from the working directory. */
export function addressOf(id: DiagnosticId): string {
  const path = shownPath(fileURLToPath(file));
  return `${path}#${id.replace("/", "-")}`;
}

/** The page of a diagnostic as plain text. */
export function pageOf(id: DiagnosticId): string {
  const sections = readFileSync(file, "utf8").split(/^<a id=.*\n\n## /m);
  const page = sections.find((section) => section.startsWith(`${id}\n`))!;
  return page
    .replace(/^```\w+\n([^]*?)^```\n/gm, (_, code: string) => code.replace(/^(?=.)/gm, "    "))
    .trimEnd();
}
