/** Every example of the catalog, for the tests of those who use it. */
import { firstStatus } from "../../model/spans.js";
import type { Entry } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import type { Fixture } from "../../runtime/fetch.js";
import { origin } from "../target.js";
import { enclosed, ts, type } from "./fragment.js";
import { moduleFile, reexport } from "./module.js";
import type { ApiNames } from "./names.js";
import { table } from "./printer.js";
import { idsOf } from "./words.js";

export function fixtures(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const { id, living, title } = api;
  const list = ts`readonly ${type("Fixture", "runtime/fetch")}[]`;
  const record = enclosed("<>", [idsOf(api, names), list]);
  return [
    moduleFile(`${id}/fixtures`, origin(api), [
      reexport("runtime/fetch", ["type Fixture", "toResponse"]),
      table(
        names.fixtures,
        `Examples of every entry of the ${title}, by id. Pass one to toResponse() for a response with it.`,
        ts`Readonly${enclosed("<>", [ts`Record${record}`])}`,
        Object.fromEntries(
          living.map((entry) => [
            entry.id,
            entry.examples.map((example) => fixture(entry, example)),
          ]),
        ),
      ),
    ]),
  ];
}

function fixture(
  { match }: Entry,
  { title, status, headers, body }: Entry["examples"][number],
): Fixture {
  return {
    ...(title === undefined ? {} : { title }),
    status: status ?? firstStatus(match.statuses) ?? 200,
    ...(headers === undefined ? {} : { headers }),
    body: body ?? null,
  };
}
