/** The only home of ts-morph. As an ES module, its twelve megabytes would be searched for names to export first. */
import { createRequire } from "node:module";

export const morph = createRequire(import.meta.url)("ts-morph") as typeof import("ts-morph");
