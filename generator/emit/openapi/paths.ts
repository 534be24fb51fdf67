/** The operations of an API, each with the responses that it may get. */
import type { Operation } from "../../model/retry.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { text } from "../markdown.js";
import type { Response } from "./responses.js";

export const tags = [
  { name: "read", description: "Repeating it changes nothing." },
  { name: "write", description: "Repeating it may do it again." },
];

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** The paths whose methods are known. Of two operations with the same request, the first stands for both. */
export function pathsOf(
  { operations }: RecognisedApi,
  responses: ReadonlyMap<string, Response>,
): object {
  const paths = new Map<string, { readonly path: string; readonly item: Record<string, object> }>();
  for (const operation of operations) {
    const { method } = operation;
    const path = operation.path?.split("?")[0];
    if (path === undefined || method === null || !methods.includes(method)) continue;
    // Two paths that differ in the names of their parameters only are one.
    const key = path.replace(/\{[^{}/]*\}/g, "{}");
    const known = paths.get(key) ?? { path, item: {} };
    paths.set(key, known);
    known.item[method.toLowerCase()] ??= operationOf(operation, known.path, responses);
  }
  return Object.fromEntries([...paths.values()].map(({ path, item }) => [path, item]));
}

function operationOf(
  operation: Operation,
  path: string,
  responses: ReadonlyMap<string, Response>,
): object {
  const { name, kind, summary } = operation;
  const parameters = [...path.matchAll(/\{([^{}/]+)\}/g)].map(([, parameter]) => ({
    name: parameter,
    ...{ in: "path", required: true, schema: { type: "string" } },
  }));
  const own = [...responses].filter(
    ([, one]) => one.operation === null || one.operation === operation,
  );
  // What an operation has of its own comes behind what all have, and takes its place.
  const byStatus = Object.fromEntries(
    own.map(([key, { status }]) => [status, { $ref: `#/components/responses/${key}` }]),
  );
  return {
    operationId: name,
    tags: [kind],
    summary: name,
    description: text(summary),
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: byStatus,
  };
}
