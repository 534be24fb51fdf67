/** A guard for each failure of an API. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { origin } from "../target.js";
import { failureOf, failuresOf } from "./failures.js";
import { type Fragment, ts, type, value } from "./fragment.js";
import { literal } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import { guard } from "./printer.js";

export function guards(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  if (failuresOf(api).length === 0) return [];
  return [moduleFile(`${api.id}/guards`, origin(api), guardsOf(api, names))];
}

function* guardsOf(api: RecognisedApi, names: ApiNames): Iterable<Fragment> {
  const caught = type("Caught", "runtime/guards");
  const hasId = value("hasId", "runtime/guards");
  for (const entry of failuresOf(api))
    yield guard(
      names.guards.get(entry)!,
      `Whether a value, or what was thrown with it, is the failure ${entry.id}.`,
      ts`${caught}<${failureOf(api, names, entry)}>`,
      ts`${hasId}(value, ${literal(entry.id)})`,
    );
}
