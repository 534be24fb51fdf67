/** What to do after a failure: one function for each API, on the tables that it has. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { noRetryOf, tablesOf } from "../../recognise/tables.js";
import { origin } from "../target.js";
import { alternatives, type Fragment, ts, type, value } from "./fragment.js";
import { literal, objectOf, union } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import { constant, delegate, typeAlias } from "./printer.js";

export function advice(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const { id, title, recognition } = api;
  if (recognition.length === 0) return [];
  const failures = recognition.map(({ channel }) =>
    type(names.channels.get(channel)!.failure, `${id}/decode`),
  );
  const given = (name: string): Fragment => type(name, "runtime/advice");
  const items = recognition.some(({ channel }) => channel.kind === "items");
  const alone = items ? " For a declined item it speaks of that item alone." : "";
  return [
    moduleFile(`${id}/advise`, origin(api), [
      typeAlias(
        names.operation,
        `The operations of the ${title} that the catalog has.`,
        union(api.operations.map(({ name }) => name)),
      ),
      constant("data", given("AdviceData"), dataOf(api, names)),
      delegate(
        names.advise,
        `What to do after a failure of the ${title}. Pure: the same input gives the same advice.${alone}`,
        [
          { name: "failure", type: alternatives([...failures, given("TransportFailure")]) },
          { name: "input", type: ts`${given("AdviceInput")}<${names.operation}>` },
        ],
        given("Advice"),
        ts`${value("advise", "runtime/advise")}(data, failure, input)`,
      ),
    ]),
  ];
}

/** The tables of an API, where it has them. */
function dataOf(api: RecognisedApi, names: ApiNames): Fragment {
  const { priors, transport, certainty } = tablesOf(api);
  const noRetry = noRetryOf(api);
  const table = (name: string, nodes: readonly unknown[]): Fragment =>
    nodes.length === 0 ? ts`{}` : value(name, `${api.id}/rules`);
  return objectOf({
    rules: value(names.retry, `${api.id}/rules`),
    operations: table(names.operations, api.operations),
    keys: table(names.idempotency, api.idempotency),
    deadlines: table(names.deadlines, api.deadlines),
    budgets: table(names.budgets, api.budgets),
    words: value(names.words, `${api.id}/words`),
    priors: literal(priors),
    transport: literal(transport),
    certainty: literal(certainty),
    ...(noRetry.length === 0
      ? {}
      : { noRetry: literal(noRetry), holds: value("holds", "runtime/conditions") }),
  });
}
