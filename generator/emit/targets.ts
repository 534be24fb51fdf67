/** Every target, in the order of their files. */
import { asyncapi } from "./asyncapi/index.js";
import { docs } from "./docs/index.js";
import { json } from "./json/catalog-json.js";
import { openapi } from "./openapi/index.js";
import { problems } from "./problems/index.js";
import { schemas } from "./schemas/schemas.js";
import type { Target } from "./target.js";
import { typescript } from "./typescript/index.js";

export const targets: readonly Target[] = [
  typescript,
  schemas,
  docs,
  openapi,
  asyncapi,
  problems,
  json,
];
