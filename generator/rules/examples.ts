/** Every entry has an example, and its examples have what the entry is recognised by. */
import { valueAt } from "../match/pointer.js";
import { templatePattern } from "../match/template.js";
import type { Entry, Example } from "../model.js";
import { hasShape } from "../runtime/shape.js";
import type { Rule } from "./index.js";

export const examples: Rule = ({ apis }, log) => {
  for (const entry of apis.flatMap((api) => api.entries)) {
    if (entry.examples.length === 0 && entry.removed === null)
      log.report("example/missing", entry.place);
    for (const example of entry.examples) {
      const problem = contradiction(entry, example);
      if (problem !== null) log.report("example/contradiction", example.place, { problem });
    }
  }
};

function contradiction({ match }: Entry, { status, body = null }: Example): string | null {
  const { channel, statuses, codes, messages, shape, where } = match;
  if (status !== undefined && statuses.length > 0 && !statuses.includes(status))
    return `its status is ${status}`;
  const values = (pointers: readonly string[]): readonly unknown[] =>
    pointers.map((pointer) => valueAt(body, pointer));
  const isCode = (value: unknown): boolean =>
    (typeof value === "number" || typeof value === "string") &&
    codes.some(
      ({ first, last }) => typeof value === typeof first && value >= first && value <= last,
    );
  if (codes.length > 0 && !values(channel.code).some(isCode))
    return `none of its codes stands at ${channel.code.join(" or ")}`;
  const patterns = messages.map(({ parts }) => new RegExp(templatePattern(parts), "u"));
  const isMessage = (value: unknown): boolean =>
    typeof value === "string" && patterns.some((p) => p.test(value));
  if (messages.length > 0 && !values(channel.message).some(isMessage))
    return `none of its messages stands at ${channel.message.map((p) => p || "the whole body").join(" or ")}`;
  if (shape !== null && !hasShape(shape.root, body))
    return `its body does not have the shape ${shape.name}`;
  const wrong = where.find(
    ({ at, values: wanted }) => !wanted.includes(valueAt(body, at) as never),
  );
  return wrong === undefined ? null : `${wrong.at} is another value`;
}
