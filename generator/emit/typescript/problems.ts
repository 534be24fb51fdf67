/** The problem types of an API as data, for the server that answers with them. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import { problemTypesOf } from "../problem-types.js";
import { origin } from "../target.js";
import { enclosed, ts } from "./fragment.js";
import { union } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import { interfaceOf, table } from "./printer.js";

export function problems(
  api: RecognisedApi,
  { problems: names }: ApiNames,
  catalog: RecognisedCatalog,
): readonly OutputFile[] {
  if (names === null) return [];
  const types = problemTypesOf(api, catalog);
  const record = enclosed("<>", [union([...types.keys()]), ts`${names.type}`]);
  return [
    moduleFile(`${api.id}/problems`, origin(api), [
      interfaceOf(names.type, `A problem type of the ${api.title}, as RFC 9457 has it.`, [
        { name: "type", type: "string", doc: "The page that explains it." },
        { name: "title", type: "string" },
        { name: "status", type: "number", optional: true },
      ]),
      table(
        names.table,
        `The problem types of the ${api.title}, by id. Add a detail to one, and send it as application/problem+json.`,
        ts`Readonly${enclosed("<>", [ts`Record${record}`])}`,
        Object.fromEntries(types),
      ),
    ]),
  ];
}
