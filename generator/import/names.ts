/** Names of entries from what a vendor calls them: in kebab-case, not too long, and each only once in its API. */
import { pascal } from "../model/names.js";
import { digest } from "../read/cache.js";

/** The language has no longer names. */
const longest = 80;

/** `TOO_MANY_REQUESTS`, `too many requests` and `TooManyRequests` as `too-many-requests`; empty where nothing is left. */
export function kebab(name: string, maxLength = 50): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/'(?=\w)/g, "")
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3-$2")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  let kebab = "";
  for (const word of words ?? []) {
    const longer = kebab === "" ? word : `${kebab}-${word}`;
    if (longer.length > maxLength) break;
    kebab = longer;
  }
  return kebab || (words?.[0] ?? "").slice(0, maxLength);
}

/** What decoders call what is not in the catalog, or reports no error. */
const reserved: ReadonlySet<string> = new Set(["unknown", "frame"]);

/** The names of one API. Names that differ in hyphens or letter case only are one name in code. */
export class Names {
  readonly #taken = new Set(reserved);

  /** Takes a name as it is, or says that it is gone. */
  claim(name: string): boolean {
    const key = pascal(name).toLowerCase();
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }

  /** The first of these that is a name and free; or else with what tells it apart, such as its code; or with a number. */
  take(wanted: readonly (string | null)[], apart = ""): string {
    const tail = kebab(apart);
    const all = wanted
      .map((name) => kebab(name ?? ""))
      .filter((name) => name !== "")
      .map((name) => (/^\d/.test(name) ? `error-${name}` : name));
    // What the vendor calls so is another thing than what decoders do.
    if (reserved.has(all[0] ?? "")) all[0] = `vendor-${all[0]}`;
    const [first = tail === "" ? `error-${hash(apart)}` : `code-${tail}`] = all;
    const end = kebab(apart, longest - first.length - 1);
    const candidates = [...all, first, ...(end === "" ? [] : [`${first}-${end}`])];
    for (const name of candidates) if (this.claim(name)) return name;
    for (let i = 2; ; i++) if (this.claim(`${first}-${i}`)) return `${first}-${i}`;
  }
}

/** A name of what has no letters that names are made of, such as a text in Chinese. */
function hash(text: string): string {
  return digest(text).slice(0, 8);
}
