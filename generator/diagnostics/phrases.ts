/** How the diagnostics put things into words. */

export const near = (candidate: string | undefined, otherwise: string): string =>
  candidate === undefined ? otherwise : `did you mean ${quote(candidate)}?`;

export const quote = (text: string): string => JSON.stringify(text);

/** `a, b or c`. */
export function enumerate(words: readonly string[], last: "and" | "or"): string {
  const rest = words.slice(0, -1).join(", ");
  const end = words[words.length - 1]!;
  return rest === "" ? end : `${rest} ${last} ${end}`;
}
