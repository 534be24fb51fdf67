/** One response, one entry: no two entries claim the same response, none is out of reach, no precedence goes in a circle. */
import { compare } from "../diagnostics/order.js";
import type { Entry } from "../model/entry.js";
import type { Check } from "./check.js";

export const recognisable: Check = ({ apis }, log) => {
  for (const found of apis.flatMap(({ recognition }) => recognition)) {
    const what = { http: "response", socket: "frame", items: "item" }[found.channel.kind];
    for (const { a, b, witness } of found.ambiguous) {
      const [first, second] = inOrder(a, b);
      log.report(
        "match/ambiguous",
        second.place,
        { other: first.id, name: first.name, what, witness: shown(found.channel.kind, witness) },
        [{ place: first.place, note: "the other entry" }],
      );
    }
    for (const { entry, by } of found.unreachable)
      log.report("match/unreachable", entry.place, { by: by.map(({ id }) => id), what }, [
        ...by.map(({ place }) => ({ place, note: "comes first" })),
      ]);
    for (const cycle of found.cycles) {
      const circle = cycle.map(({ id, match }, i) => {
        const next = cycle[(i + 1) % cycle.length]!;
        const how = match.overrides.includes(next) ? "overrides" : "is narrower than";
        return { id, how } as const;
      });
      log.report("match/override-cycle", cycle[0]!.place, { circle });
    }
  }
};

function inOrder(a: Entry, b: Entry): readonly [Entry, Entry] {
  const order = compare(a.place.source.file, b.place.source.file) || a.place.start - b.place.start;
  return order > 0 ? [b, a] : [a, b];
}

function shown(
  kind: "http" | "socket" | "items",
  { status, body }: { status: number | null; body: unknown },
): string {
  return JSON.stringify(kind === "http" ? { status, body } : body);
}
