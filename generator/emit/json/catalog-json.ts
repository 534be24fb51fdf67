/**
 * catalog.json: the resolved model for other tools, with references as names and without places. What a node does not have
 * (null, an empty list or map) has no key.
 */
import type { Entry, Match } from "../../model/entry.js";
import type { Channel, Shape } from "../../model/channel.js";
import { statusText } from "../../model/spans.js";
import { citationName, type Named, type Trace, type Traced } from "../../model/trace.js";
import { propertyOf } from "../../recognise/properties.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import type { Section } from "../../resolve/section.js";
import { channels } from "../../sections/channels.js";
import { nodesOf, sections } from "../../sections/index.js";
import { shapes } from "../../sections/shapes.js";
import { defineTarget, type Emission, type Symbols } from "../target.js";
import { printJson } from "../json.js";

export const json = defineTarget({
  name: "json",
  packed: ["catalog.json"],
  names: () => null,
  emit: (emission) => [{ path: "catalog.json", text: `${printJson(projection(emission))}\n` }],
});

/** What catalog.json holds, as plain data. */
export function projection({ catalog, symbols }: Pick<Emission, "catalog" | "symbols">): unknown {
  const { name, version, description, license } = catalog.package;
  return {
    package: said({ name, version, description, license }),
    apis: catalog.apis.map((api) => apiProjection(api, symbols)),
  };
}

function apiProjection(api: RecognisedApi, symbols: Symbols): unknown {
  const { id, title, summary, codeType, servers, noRetry, credentials } = api;
  const nodes = (section: Section): unknown =>
    nodesOf(api, section).map((node) => nodeProjection(section, node, api, symbols));
  const kinds = sections.filter(({ family }) => family === undefined);
  const known = kinds.map((section) => [section.key, nodes(section)] as const);
  const first = known.findIndex(([key]) => key === "retry");
  return {
    ...said({
      id,
      title,
      summary,
      prefix: symbols.prefix(api),
      codeType,
      servers,
      noRetry,
      credentials,
    }),
    ...traceProjection(api.trace),
    ...said(Object.fromEntries(known.slice(0, first))),
    entries: api.entries.map(entryProjection),
    ...said(Object.fromEntries(known.slice(first))),
  };
}

/** A node by its own keys, with the names of what it refers to. */
function nodeProjection(
  { key, json }: Section,
  node: Named | Traced,
  api: RecognisedApi,
  symbols: Symbols,
): unknown {
  // A channel's further codes stand in their own section.
  const { place: _, trace, further: __, ...facts } = node as Traced & { further?: unknown };
  const referred: ReadonlySet<unknown> = api.referred;
  const named: [string, unknown][] = Object.entries<unknown>(facts).map(([name, value]) => [
    name,
    referred.has(value) ? nameOf(value as Named) : value,
  ]);
  return {
    ...(json?.(node) ?? said(Object.fromEntries<unknown>(named))),
    ...(key === channels.key ? { names: symbols.channel(api, node as Channel) } : {}),
    ...(key === shapes.key ? { type: symbols.shape(api, node as Shape).type } : {}),
    ...(trace === undefined ? {} : traceProjection(trace)),
  };
}

/** What another node refers to it by. */
function nameOf(node: Named | Entry): string {
  return "id" in node ? node.id : node.name;
}

function entryProjection(e: Entry): unknown {
  return said({
    id: e.id,
    family: e.family.key,
    name: e.name,
    title: e.title,
    match: matchProjection(e.match),
    success: e.success,
    category: e.category,
    ownCategory: e.ownCategory?.name,
    class: e.class?.id,
    tags: e.tags,
    severity: e.severity,
    reference: e.reference,
    actor: e.actor,
    outcome: e.outcome,
    retry: e.retry?.name ?? null,
    ifPriorUnknown:
      e.ifPriorUnknown === null
        ? null
        : { ...e.ifPriorUnknown, retry: e.ifPriorUnknown.retry.name },
    on: Object.fromEntries(
      e.on.map(({ operation, category, actor, outcome, retry }) => [
        operation.name,
        { category, actor, outcome, retry: retry.name },
      ]),
    ),
    fields: e.fields.map(({ place: _, summary, ...field }) =>
      said({ ...field, property: propertyOf(field.name, field.type), summary }),
    ),
    summary: e.summary,
    remedy: e.remedy,
    ...traceProjection(e.trace),
    since: e.since,
    deprecated:
      e.deprecated === null ? null : { ...e.deprecated, use: e.deprecated.use?.id ?? null },
    removed: e.removed === null ? null : { since: e.removed.since, reason: e.removed.reason },
    made: e.isMade ? true : null,
    examples: e.examples.map(({ title, channel, status, headers, body }) => ({
      ...said({
        title,
        channel: e.match.channels.length > 1 ? channel.name : null,
        status,
        headers,
      }),
      body,
    })),
  });
}

function matchProjection(match: Match): unknown {
  const { channels, statuses, codes, messages, shape, where, coded, operations, overrides } = match;
  return said({
    channels: channels.map(({ name }) => name),
    statuses: statuses.map((one) => (typeof one === "number" ? one : statusText(one))),
    codes: codes.map(({ place: _, ...code }) => code),
    messages: messages.map(({ template, literal, part, fold }) => ({
      ...{ template, literal },
      ...said({ part, case: fold ? "ignore" : null }),
    })),
    operations: operations.map(({ name }) => name),
    shape: shape?.name ?? null,
    where,
    coded: Object.fromEntries(coded.map(({ vocabulary, values }) => [vocabulary.name, values])),
    overrides: overrides.map(({ id }) => id),
  });
}

function traceProjection({ cites, leaves, questions }: Trace): object {
  return said({
    cites: cites.map(citationName),
    known: Object.fromEntries(
      leaves.map(({ path, known, reason, from }) => [path, said({ known, reason, from })]),
    ),
    questions,
  });
}

/** What a record says: without the keys of what there is none of. */
function said(record: object): object {
  const isSaid = (value: unknown): boolean =>
    value !== undefined &&
    value !== null &&
    (typeof value !== "object" || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => isSaid(value)));
}
