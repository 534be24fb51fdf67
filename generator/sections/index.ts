/** Every section of the language, in the order of catalog.json and of an API's page. */
import type { Named } from "../model/trace.js";
import type { Section } from "../resolve/section.js";
import { breakers } from "./breakers.js";
import { budgets } from "./budgets.js";
import { categories } from "./categories.js";
import { channels } from "./channels.js";
import { codes } from "./codes.js";
import { conflicts } from "./conflicts.js";
import { deadlines } from "./deadlines.js";
import { families } from "./families/index.js";
import { gaps } from "./gaps.js";
import { idempotency } from "./idempotency.js";
import { limits } from "./limits.js";
import { modes } from "./modes.js";
import { operations } from "./operations.js";
import { retry } from "./retry.js";
import { shapes } from "./shapes.js";
import { sources } from "./sources.js";
import { steps } from "./steps.js";
import { transport } from "./transport.js";

const kinds = [
  sources,
  channels,
  codes,
  categories,
  operations,
  shapes,
  steps,
  retry,
  transport,
  budgets,
  limits,
  idempotency,
  deadlines,
  breakers,
  modes,
  gaps,
  conflicts,
] as const;

/** The sections that are no families, then the families. */
export const sections: readonly Section[] = [...kinds, ...families] as readonly Section[];

type Kind = (typeof kinds)[number];

/** The nodes of one API by section, the families apart. */
export type Nodes = {
  readonly [K in Kind as K["key"]]: readonly NodeOf<K>[];
};

/** The nodes of an API in one of its sections; none for a family, whose nodes are among the entries. */
export function nodesOf(api: Nodes, { key, family }: Section): readonly Named[] {
  return family === undefined ? api[key as keyof Nodes] : [];
}

type NodeOf<K> = K extends Section<string, never, infer Node> ? Node : Named;
