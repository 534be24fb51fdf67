/** Codes as authors write them: one, a run of integers, or all that begin with a text. */

export interface CodeSpan {
  readonly first: number | string;
  readonly last: number | string;
  readonly prefix?: true;
}

/** `3100..3112` as a run, `23*` as what begins so; with a backslash before it, a star at the end is one. */
export function spanOfCode(written: number | string): CodeSpan {
  if (typeof written === "number") return { first: written, last: written };
  const [, a, b] = /^(-?(?:0|[1-9][0-9]*))\.\.(-?(?:0|[1-9][0-9]*))$/.exec(written) ?? [];
  if (a !== undefined && b !== undefined) return { first: Number(a), last: Number(b) };
  const prefix = /^(.*)\*$/s.exec(written)?.[1];
  if (prefix !== undefined && !prefix.endsWith("\\"))
    return { first: prefix, last: prefix, prefix: true };
  const text = written.replace(/\\\*$/, "*");
  return { first: text, last: text };
}
