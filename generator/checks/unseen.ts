/** Every field of an entry is shown by an example, by the decoder that ships: with a slip in its pointer it would be null for ever. */
import { escapeStep, steps } from "../match/pointer.js";
import type { Field } from "../model/entry.js";
import { nearest } from "../diagnostics/nearest.js";
import { propertyOf } from "../recognise/properties.js";
import { decoded } from "./decoded.js";
import type { Check } from "./check.js";

export const shownFields: Check = ({ apis }, log) => {
  for (const { entry, examples } of apis.flatMap(decoded)) {
    const own = examples.flatMap(({ reply }) =>
      reply.ok || reply.failure.id !== entry.id ? [] : [reply.failure],
    );
    // No example, and one of another entry, are reported already; a success has no fields.
    if (own.length === 0 || own.length < examples.length) continue;
    for (const { name, at, header, type, place } of entry.fields) {
      const property = propertyOf(name, type);
      if (own.some(({ fields }) => (fields[property] ?? null) !== null)) continue;
      if (at === null) {
        const said = { name, at: `in the header ${header}`, wanted: wanted[type], near: undefined };
        log.report("field/unseen", place, said);
        continue;
      }
      const others = own.flatMap(({ body }) => pointers(body, steps(at).length));
      const near = nearest(at, new Set(others.filter((pointer) => pointer !== at)));
      log.report("field/unseen", place, {
        name,
        at: at === "" ? "as the whole body" : `at ${at}`,
        wanted: wanted[type],
        near,
      });
    }
  }
};

const wanted: Readonly<Record<Field["type"], string>> = {
  string: "a string",
  integer: "an integer",
  decimal: "a decimal",
  boolean: "true or false",
  strings: "a list",
  duration: "a duration",
  seconds: "a number of seconds",
  minutes: "a number of minutes",
  ms: "a number of milliseconds",
  iso: "a moment of ISO 8601 with its zone",
  "http-date": "a date of HTTP",
  "epoch-s": "seconds since 1970",
  "epoch-ms": "milliseconds since 1970",
};

/** The pointers to what a body holds, as deep as this. */
function pointers(body: unknown, depth: number, from = ""): readonly string[] {
  if (typeof body !== "object" || body === null || depth === 0) return [];
  return Object.entries(body).flatMap(([key, value]) => {
    const pointer = `${from}/${escapeStep(key)}`;
    return [pointer, ...pointers(value, depth - 1, pointer)];
  });
}
