/** The schema of the language, as it is published. */
import { readFileSync } from "node:fs";
import type { Schema } from "./faults.js";
import { packageRoot } from "./package-root.js";

export const language = JSON.parse(
  readFileSync(new URL("generator/catalog.schema.json", packageRoot), "utf8"),
) as { definitions: Record<string, Schema & { additionalProperties?: Schema }> };

/** The keys of a file of an API. */
export const sectionKeys = Object.keys(language.definitions["sections"]!.properties!);
