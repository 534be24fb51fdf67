/** The writes of an API, each with all that a session has to know of it. */
import type { OutputFile } from "../../model/output-file.js";
import type { Operation } from "../../model/retry.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { isAsked } from "../../recognise/recognise.js";
import { writesOf } from "../../recognise/uses.js";
import { origin } from "../target.js";
import { enclosed, type Fragment, ts, type, value } from "./fragment.js";
import { literal, objectOf, union } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import { exported } from "./printer.js";

export function writes(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const all = writesOf(api);
  if (all.length === 0) return [];
  const of = enclosed("<>", [union(all.map(({ name }) => name)), type("Write", "runtime/client")]);
  const rows = Object.fromEntries(all.map((write) => [write.name, rowOf(api, names, write)]));
  return [
    moduleFile(`${api.id}/writes`, origin(api), [
      exported(
        names.writes,
        `The writes of the ${api.title}, for a session that carries one through.`,
        ts`Readonly${enclosed("<>", [ts`Record${of}`])}`,
        objectOf(rows),
      ),
    ]),
  ];
}

function rowOf(api: RecognisedApi, names: ApiNames, write: Operation): Fragment {
  const decoder = (kind: "http" | "items"): Fragment | null => {
    const found = api.recognition.filter(({ channel }) => channel.kind === kind);
    // Of several the catalog does not say which one answers.
    if (found.length === 0 || (kind === "items" && found.length > 1)) return null;
    const { channel } = found[0]!;
    const decode = value(names.channels.get(channel)!.decode, `${api.id}/decode`);
    if (!isAsked(api, channel)) return decode;
    const asked = ts`{ operation: ${literal(write.name)} }`;
    return kind === "http"
      ? ts`(response) => ${decode}(response, ${asked})`
      : ts`(sent, response) => ${decode}(sent, response, ${asked})`;
  };
  const items = write.items === null ? null : decoder("items");
  const own = (table: string, name: string): Fragment =>
    ts`${value(table, `${api.id}/rules`)}[${literal(name)}]`;
  return objectOf({
    operation: literal(write.name),
    facts: own(names.operations, write.name),
    look: literal(write.look),
    cancel: literal(write.cancel),
    key:
      write.idempotency === null ? literal(null) : own(names.idempotency, write.idempotency.name),
    advise: value(names.advise, `${api.id}/advise`),
    decode: decoder("http")!,
    ...(items === null ? {} : { items }),
  });
}
