/** catalog.json: the resolved model for other tools, with references as names and without places. */
import type { Catalog, Citation, Entry, Match, Trace } from "../../model/model.js";
import type { Emitter } from "../emitter.js";

export const catalogJson: Emitter = (catalog) => [
  {
    path: "catalog.json",
    text: `${JSON.stringify(projection(catalog), null, 2)}\n`,
  },
];

/** Objects of the model that others refer to, and the name that stands for them. */
function projection({ package: about, apis }: Catalog): unknown {
  const { name, version, description, license } = about;
  return {
    package: { name, version, description, license },
    apis: apis.map((api) => ({
      id: api.id,
      title: api.title,
      summary: api.summary,
      prefix: api.names.prefix,
      codes: api.codes,
      servers: api.servers,
      credentials: api.credentials,
      ...trace(api.trace),
      sources: api.sources.map(({ name, title, url, read, sha256 }) => ({
        name,
        title,
        url,
        read,
        sha256,
      })),
      channels: api.channels.map((c) => ({
        ...traced(c),
        within: c.within?.name ?? null,
        shape: c.shape?.name ?? null,
      })),
      operations: api.operations.map((o) => ({
        ...traced(o),
        idempotency: o.idempotency?.name ?? null,
        lookup: o.lookup?.name ?? null,
      })),
      shapes: api.shapes.map(({ names, ...shape }) => ({
        ...traced(shape),
        type: names.type,
      })),
      entries: api.entries.map(entry),
      retry: api.retry.map(({ data, ...rule }) => ({
        ...traced(rule),
        ...data,
      })),
      transport: api.transport.map((t) => ({ ...traced(t), retry: t.retry.name })),
      budgets: api.budgets.map(traced),
      limits: api.limits.map((l) => ({
        ...traced(l),
        answer: l.answer?.id ?? null,
      })),
      idempotency: api.idempotency.map((i) => ({
        ...traced(i),
        duplicate: { some: i.duplicate.some, all: i.duplicate.all },
        answer: i.answer?.id ?? null,
      })),
      deadlines: api.deadlines.map(traced),
      breakers: api.breakers.map((b) => ({
        ...traced(b),
        answer: b.answer?.id ?? null,
      })),
      modes: api.modes.map((m) => ({
        ...traced(m),
        answer: m.answer?.id ?? null,
      })),
      holes: api.holes.map(({ cites, ...hole }) => ({
        ...placeless(hole),
        cites: cites.map(citation),
      })),
      conflicts: api.conflicts.map(({ between, ...conflict }) => ({
        ...placeless(conflict),
        between: between.map(({ says, cites }) => ({
          says,
          cites: cites.map(citation),
        })),
      })),
    })),
  };
}

function entry(e: Entry): unknown {
  return {
    id: e.id,
    family: e.family,
    name: e.name,
    title: e.title,
    match: match(e.match),
    success: e.success,
    category: e.category,
    actor: e.actor,
    outcome: e.outcome,
    retry: e.retry?.name ?? null,
    ifPriorUnknown:
      e.ifPriorUnknown === null
        ? null
        : { ...e.ifPriorUnknown, retry: e.ifPriorUnknown.retry.name },
    fields: e.fields.map(placeless),
    summary: e.summary,
    remedy: e.remedy,
    ...trace(e.trace),
    since: e.since,
    deprecated:
      e.deprecated === null ? null : { ...e.deprecated, use: e.deprecated.use?.id ?? null },
    removed: e.removed === null ? null : { since: e.removed.since, reason: e.removed.reason },
    examples: e.examples.map(({ title, channel, status, headers, body }) => ({
      title,
      ...(e.match.channels.length > 1 ? { channel: channel.name } : {}),
      status,
      headers,
      body,
    })),
  };
}

function match({ channels, statuses, codes, messages, shape, where, overrides }: Match): unknown {
  return {
    channels: channels.map(({ name }) => name),
    statuses,
    codes: codes.map(({ first, last }) => ({ first, last })),
    messages: messages.map(({ template, literal }) => ({ template, literal })),
    shape: shape?.name ?? null,
    where,
    overrides: overrides.map(({ id }) => id),
  };
}

function trace({ cites, leaves, questions }: Trace): object {
  return {
    cites: cites.map(citation),
    known: Object.fromEntries(leaves.map(({ path, known, reason }) => [path, { known, reason }])),
    questions,
  };
}

function traced<T extends { place: unknown; trace: Trace }>(node: T): object {
  const { place: _, trace: known, ...rest } = node;
  return { ...rest, ...trace(known) };
}

function placeless<T extends { place: unknown }>(node: T): Omit<T, "place"> {
  const { place: _, ...rest } = node;
  return rest;
}

function citation({ source, heading }: Citation): string {
  return heading === null ? source.name : `${source.name}#${heading}`;
}
