/** Every target, in the order of their files. */
import { docs } from "./docs/index.js";
import { json } from "./json/catalog-json.js";
import { schemas } from "./schemas/schemas.js";
import type { Target } from "./target.js";
import { typescript } from "./typescript/index.js";

export const targets: readonly Target[] = [typescript, schemas, docs, json];
