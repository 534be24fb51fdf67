/** With which statuses the entries of an API arrive over HTTP, alone or as items of a batch. */
import type { Channel } from "../../model/channel.js";
import type { Entry } from "../../model/entry.js";
import type { Operation } from "../../model/retry.js";
import { type Statuses, statusText } from "../../model/spans.js";
import type { RecognisedApi } from "../../recognise/recognise.js";

/** An entry with a status that it comes with, and the channel on which it does. */
export interface Arrival {
  readonly entry: Entry;
  readonly channel: Channel;
  /** As OpenAPI has it: `404`, `5XX` or `default`. */
  readonly status: string;
}

/** Whether an entry can answer an operation. A batch is answered by items, if any is; other requests are not. */
export function answers({ entry, channel }: Arrival, operation: Operation | null): boolean {
  const { operations } = entry.match;
  if (channel.kind === "items" && (operation?.items ?? null) === null) return false;
  return operations.length === 0 || (operation !== null && operations.includes(operation));
}

/** Items come with the successes of the channel that they are within. */
export function arrivalsOf({ living }: RecognisedApi): readonly Arrival[] {
  const whole = living.flatMap((entry) =>
    entry.match.channels
      .filter(({ kind }) => kind === "http")
      .flatMap((channel) =>
        statusesOf(entry).map((status): Arrival => ({ entry, channel, status })),
      ),
  );
  const items = living.flatMap((entry) =>
    entry.match.channels
      .filter(({ within }) => within?.kind === "http")
      .flatMap((channel) => {
        const around = whole.filter((one) => one.channel === channel.within && one.entry.success);
        const statuses = new Set(around.map(({ status }) => status));
        for (const status of bodiless) statuses.delete(status);
        return [...statuses].map((status): Arrival => ({ entry, channel, status }));
      }),
  );
  return [...whole, ...items];
}

/** Statuses whose responses have no body. */
export const bodiless = new Set(["204", "205", "304"]);

/** The statuses that are expected of an entry, or else those of its examples. */
function statusesOf({ match, examples, success }: Entry): readonly string[] {
  const shown = examples.flatMap(({ status }) => status ?? []);
  const statuses: readonly Statuses[] = match.statuses.length > 0 ? match.statuses : shown;
  const named = statuses.map((status) => statusText(status).toUpperCase());
  if (named.length === 0) return [success ? "2XX" : "default"];
  return [...new Set(named)];
}

/** The entries that arrive in a body. */
export function arrivingIn(api: RecognisedApi): readonly Entry[] {
  const arrivals = arrivalsOf(api).filter(({ status }) => !bodiless.has(status));
  return [...new Set(arrivals.map(({ entry }) => entry))];
}
