/** Every example of the catalog, for the tests of those who use it. */
import type { Api, Entry } from "../../model/model.js";
import { reexport, table, tsFile, union, use } from "./printer.js";
import type { Fixture } from "../../runtime/fetch.js";
import { type Emitter, origin, perApi } from "../emitter.js";

export const fixtures: Emitter = perApi((api: Api) => {
  const entries = api.entries.filter((entry) => entry.removed === null);
  return [
    tsFile(`src/${api.id}/fixtures.ts`, origin(api), [
      use(["type Fixture"], "../runtime/fetch.js"),
      reexport("../runtime/fetch.js", ["type Fixture", "toResponse"]),
      table(
        api.names.fixtures,
        `Examples of every entry of the ${api.title}, by id. Pass one to toResponse() for a response with it.`,
        `Readonly<Record<${union(entries.map(({ id }) => id))}, readonly Fixture[]>>`,
        Object.fromEntries(
          entries.map((entry) => [
            entry.id,
            entry.examples.map((example) => fixture(entry, example)),
          ]),
        ),
      ),
    ]),
  ];
});

function fixture(
  { match }: Entry,
  { title, status, headers, body }: Entry["examples"][number],
): Fixture {
  return {
    title: title ?? null,
    status: status ?? match.statuses[0] ?? 200,
    headers: headers ?? {},
    body: body ?? null,
  };
}
