/** Bodies that hold no code and no text: each is known by its shape, and alike ones are examples of one. */
import { httpStatuses } from "../sections/families/http-statuses.js";
import { fieldsOf } from "./bodies.js";
import { oneOf } from "./channels.js";
import type { DraftEntry } from "./entries.js";
import type { Body } from "./model.js";
import type { Names } from "./names.js";

interface Shapes {
  /** The section, by name. */
  readonly nodes: Readonly<Record<string, object>>;
  readonly entries: readonly DraftEntry[];
}

export function shapesOf(bodies: readonly Body[], source: string, names: Names): Shapes {
  const alike = new Map<string, Body[]>();
  for (const body of bodies) {
    const key = JSON.stringify(fieldsOf(body.value));
    alike.set(key, [...(alike.get(key) ?? []), body]);
  }
  const nodes: Record<string, object> = {};
  const entries = [...alike.values()].map((same): DraftEntry => {
    const { spot, value } = same[0]!;
    const statuses = [...new Set(same.flatMap(({ status }) => status ?? []))].map(Number);
    const keys = Object.keys(value as object)
      .slice(0, 3)
      .join(" ");
    const name = names.take([`${httpStatuses[String(statuses[0])] ?? ""} ${keys}`], "shape");
    const cite = spot.heading === null ? source : `${source}#${spot.heading}`;
    const summary = `A failure with a body like the one in line ${spot.line} of the document.`;
    nodes[name] = {
      ...{ summary, fields: fieldsOf(value), cite },
      inferred: { fields: "the types are those of the examples" },
      examples: same.map((body) => body.value),
    };
    return {
      ...{ family: "errors", name, line: spot.line, isSuccess: false, isExtra: true, decide: null },
      node: {
        ...{ shape: name, ...(statuses.length === 0 ? {} : { status: oneOf(statuses) }) },
        ...{ summary, cite },
        examples: same.map((body) => ({
          ...(body.status === null ? {} : { status: Number(body.status) }),
          body: body.value,
        })),
      },
    };
  });
  return { nodes, entries };
}
