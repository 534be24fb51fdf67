/** What to do after a failure: one function for each API, on the tables that it has. */
import { constant, delegate, literal, tsFile, typeAlias, union, use } from "./printer.js";
import { recognition } from "../../recognise/recognition.js";
import { tablesOf } from "../../recognise/tables.js";
import { type Emitter, origin, perApi } from "../emitter.js";

export const advice: Emitter = perApi((api) => {
  const { names, title } = api;
  const channels = recognition(api);
  if (channels.length === 0) return [];
  const failures = channels.map(({ channel }) => channel.names.failure);
  const table = (name: string, items: readonly unknown[]): string =>
    items.length === 0 ? "{}" : name;
  const tables = {
    rules: names.retry,
    operations: table(names.operations, api.operations),
    keys: table(names.idempotency, api.idempotency),
    deadlines: table(names.deadlines, api.deadlines),
    budgets: table(names.budgets, api.budgets),
    words: names.words,
  };
  const items = channels.some(({ channel }) => channel.kind === "items");
  const alone = items ? " For a declined item it speaks of that item alone." : "";
  const { words, ...rules } = tables;
  const { priors, transport } = tablesOf(api);
  const data = { ...tables, priors: literal(priors), transport: literal(transport) };
  const rows = Object.entries(data).map(([key, value]) => `${key}: ${value}`);
  return [
    tsFile(`src/${api.id}/advise.ts`, origin(api), [
      use(
        ["Advice", "AdviceData", "AdviceInput", "TransportFailure"],
        "../runtime/advice.js",
        "types",
      ),
      use(["advise"], "../runtime/advise.js"),
      use(failures, "./decode.js", "types"),
      use(
        Object.values(rules).filter((name) => name !== "{}"),
        "./rules.js",
      ),
      use([words], "./words.js"),
      typeAlias(
        names.operation,
        `The operations of the ${title} that the catalog has.`,
        union(api.operations.map(({ name }) => name)),
      ),
      constant("data", "AdviceData", `{ ${rows.join(", ")} }`),
      delegate(
        names.advise,
        `What to do after a failure of the ${title}. Pure: the same input gives the same advice.${alone}`,
        [
          { name: "failure", type: [...failures, "TransportFailure"].join(" | ") },
          { name: "input", type: `AdviceInput<${names.operation}>` },
        ],
        "Advice",
        "advise(data, failure, input)",
      ),
    ]),
  ];
});
