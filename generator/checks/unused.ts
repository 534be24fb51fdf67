/** Whatever is named is referred to: what nothing uses is left over, or was meant to be used. */
import type { Api, Named } from "../model/model.js";
import type { Check } from "./check.js";

export const usedNames: Check = ({ apis }, log) => {
  for (const api of apis)
    for (const { what, where, all, used } of kindsOf(api))
      for (const { name, place } of all)
        if (!used.has(name)) log.report("ref/unused", place, { what, name, where });
};

interface Kind {
  readonly what: string;
  /** Where such a name is referred to. */
  readonly where: string;
  readonly all: readonly Named[];
  readonly used: ReadonlySet<string | null | undefined>;
}

function kindsOf(api: Api): readonly Kind[] {
  const { entries, transport, operations } = api;
  const data = api.retry.map((rule) => rule.data);
  return [
    {
      what: "retry rule",
      where: "retry: in an entry, or under transport",
      all: api.retry.filter(({ builtIn }) => !builtIn),
      used: new Set([
        ...entries.flatMap(({ retry, ifPriorUnknown }) => [
          retry?.name,
          ifPriorUnknown?.retry.name,
        ]),
        ...transport.map(({ retry }) => retry.name),
      ]),
    },
    {
      what: "shape",
      where: "shape: in an entry or a channel",
      all: api.shapes,
      used: new Set([
        ...entries.map(({ match }) => match.shape?.name),
        ...api.channels.map(({ shape }) => shape?.name),
      ]),
    },
    {
      what: "budget",
      where: "budget: in a retry rule",
      all: api.budgets,
      used: new Set(data.map(({ budget }) => budget)),
    },
    {
      what: "deadline",
      where: "deadline: in a retry rule",
      all: api.deadlines,
      used: new Set(data.map(({ deadline }) => deadline)),
    },
    {
      what: "idempotency key",
      where: "idempotency: in an operation",
      all: api.idempotency,
      used: new Set(operations.map(({ idempotency }) => idempotency?.name)),
    },
  ];
}
