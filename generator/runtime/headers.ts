/** The values of a header, in whatever holds the headers. */

/**
 * A header's values from a `Headers`, a `Map`, a list of pairs, Node's flat list, or a plain object whose values may be
 * lists, with the name in any case. Each comes whole: several that were joined by commas are one.
 */
export function headerOf(headers: unknown, name: string): readonly string[] {
  try {
    if (typeof headers !== "object" || headers === null) return [];
    const { get } = headers as { get?: (name: string) => unknown };
    const wanted = name.toLowerCase();
    const isWanted = (key: unknown): boolean => String(key).toLowerCase() === wanted;
    let values: readonly unknown[];
    if (Array.isArray(headers) || headers instanceof Map) {
      const flat = [...(headers as Iterable<unknown>)].flat();
      values = flat.filter((_, i) => i % 2 === 1 && isWanted(flat[i - 1]));
    } else if (typeof get === "function") values = [get.call(headers, wanted)];
    // A getter may throw, so that no other header is read.
    else
      values = Object.keys(headers)
        .filter(isWanted)
        .map((key) => (headers as Record<string, unknown>)[key]);
    return values
      .flat()
      .filter((value) => typeof value === "string" || typeof value === "number")
      .map((value) => String(value).trim());
  } catch {
    // A getter or a proxy's trap threw.
    return [];
  }
}

/** The same, with values that were joined apart again. A date has a comma of its own. */
export function headerValues(headers: unknown, name: string): readonly string[] {
  return headerOf(headers, name)
    .flatMap((value) => value.split(/,(?! ?\d\d?[ -][A-Z])/))
    .map((value) => value.trim());
}
