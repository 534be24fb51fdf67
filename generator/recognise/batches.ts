/** How batches are read, and whether a body can hold several errors. */
import { hasStar, steps } from "../match/pointer.js";
import type { Channel } from "../model/channel.js";
import type { BatchData } from "../runtime/batch.js";
import type { Steps } from "../runtime/places.js";
import type { Api } from "../sections/catalog.js";
import { conditionData } from "./places.js";
import { propertyOf } from "./properties.js";

/** How the batch of a channel of items is read; what reads its conditions is `holds`. */
export function batchData(api: Api, { items, accepted, taken, key }: Channel): BatchData {
  const marks = api.entries.flatMap((entry) =>
    entry.fields.flatMap(({ name, type, marks: is }) =>
      is === null ? [] : [[entry.id, propertyOf(name, type), is] as const],
    ),
  );
  // What is sent twice is left out without a word only where the catalog says so of the key.
  const skips = api.operations.some(({ idempotency }) => idempotency?.duplicate.some === "skipped");
  return {
    items: items.map(steps),
    ...(accepted === null ? {} : { accepted: steps(accepted) }),
    ...(taken.length === 0 ? {} : { taken: taken.map(conditionData) }),
    ...(key === null || key === "position" ? {} : { key: key.at.map(steps) }),
    ...(key === null || key === "position" || key.type === null ? {} : { keyIs: key.type }),
    ...(skips ? { skips } : {}),
    marks,
  };
}

/** Whether one body of a channel can hold several errors. */
export function isSeveral({ errors, causes, code, message }: Channel): boolean {
  // A header may have several values.
  const isList = code.some(({ header }) => header !== null);
  const isAny = [...code, ...message].some(({ at }) => at !== null && hasStar(at));
  return errors !== null || causes !== null || isList || isAny;
}

/** Where the items of the batches stand that arrive on a channel. */
export function listsOf(api: Api, channel: Channel): readonly Steps[] {
  const batches = api.channels.filter(({ within }) => within === channel);
  const lists = batches.flatMap(({ items, accepted }) =>
    accepted === null ? items : [...items, accepted],
  );
  return [...new Set(lists)].map(steps);
}
