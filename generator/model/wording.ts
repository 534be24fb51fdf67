/** Places and conditions as the docs and the terminal put them into words. */
import type { Condition, Location } from "./channel.js";

/** `/data/id is present`, as what is asked, a verb, and the values that it is asked for. */
export interface Asked {
  readonly of: string;
  readonly header: boolean;
  readonly verb: string;
  readonly values: readonly string[];
}

const verbs = {
  present: "is present",
  absent: "is absent",
  filled: "is present and not empty",
  empty: "is absent or empty",
} as const;

export function asked({ at, header, test }: Condition): Asked {
  const of = { of: header ?? (at === "" ? "the body" : at!), header: header !== null };
  if (typeof test === "string") return { ...of, verb: verbs[test], values: [] };
  const values = test.map((wanted) =>
    typeof wanted === "object" && wanted !== null
      ? `${wanted[0]}..${wanted[1]}`
      : JSON.stringify(wanted),
  );
  return { ...of, verb: "is", values };
}

/** `/__type after "#"`, as the place and what is said of it. */
export function located({ at, header, after, before, when }: Location): {
  readonly of: string;
  readonly kind: "body" | "header" | "pointer";
  readonly part: string;
  readonly when: readonly Asked[];
} {
  return {
    of: header ?? at!,
    kind: header !== null ? "header" : at === "" ? "body" : "pointer",
    part: [
      ...(after === null ? [] : [`after ${JSON.stringify(after)}`]),
      ...(before === null ? [] : [`before ${JSON.stringify(before)}`]),
    ].join(" and "),
    when: when.map(asked),
  };
}
