/** What an API is: the one section that holds no named nodes. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { title } from "../model/names.js";
import { ref } from "../read/json-schema.js";
import { type Infer, traced } from "../read/language.js";
import type { Checked } from "../read/validate.js";
import { type Item, itemAt } from "../resolve/item.js";
import { leavesOf } from "../resolve/section.js";

export const apiSchema = traced(
  ["title", "summary"],
  {
    title: ref("text"),
    summary: ref("text"),
    prefix: {
      description:
        "The prefix of every generated name, in PascalCase; default: from the folder's name.",
      type: "string",
      pattern: "^[A-Z][A-Za-z0-9]*$",
      maxLength: 40,
      examples: ["Shop"],
    },
    extends: {
      description:
        "The folders beside this API's whose sections it has as well, such as common. What it writes itself goes over a base's node of the same key, key by key; a later base goes over an earlier one.",
      type: "array",
      minItems: 1,
      items: ref("id"),
    },
    codes: {
      description:
        "Whether the API's codes are integers or strings; required once an entry has a code.",
      enum: ["integer", "string"],
    },
    servers: {
      description: "The addresses that requests go to, without the path.",
      type: "array",
      minItems: 1,
      items: ref("url"),
    },
    credentials: {
      description: "The headers that say who sends a request, such as x-api-key.",
      type: "array",
      minItems: 1,
      items: ref("header"),
    },
    "no-retry": {
      description:
        'The headers by which a response says that the same request is not to be sent again, such as { x-should-retry: "false" }: one of these is enough.',
      type: "object",
      minProperties: 1,
      propertyNames: ref("header"),
      additionalProperties: ref("condition"),
    },
  },
  { description: "What the API is." },
);

export type ApiSyntax = Infer<typeof apiSchema>;

export const apiLeaves = leavesOf(apiSchema);

/** The api section of one of the files, and whether there is one; without it the folder's name has to do. */
export function aboutApi(
  id: string,
  documents: readonly Checked<{ readonly api?: ApiSyntax }>[],
  place: Place,
  log: DiagnosticLog,
): { readonly item: Item<ApiSyntax>; readonly isGiven: boolean } {
  const [first, second] = documents.filter(({ value }) => value.api !== undefined);
  if (first !== undefined && second !== undefined)
    log.report("id/duplicate", second.keyPlace("/api"), { what: "api sections of the API", id }, [
      { place: first.keyPlace("/api"), note: "first here" },
    ]);
  if (first?.value.api !== undefined)
    return { item: { ...itemAt(first, ["api"], first.value.api), name: id }, isGiven: true };
  if (documents.length > 0)
    log.report("syntax/missing-key", place, { key: "api", where: `One of the files of ${id}` });
  const value: ApiSyntax = { title: title(id), summary: title(id) };
  const here = (): Place => place;
  return { item: { name: id, written: id, value, place, at: here, key: here }, isGiven: false };
}
