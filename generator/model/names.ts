/** Every generated name is made here, once. A clash or an impossible name is a diagnostic, never a suffix. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { hosts } from "./adapters.js";

/** `too-many-requests` as `TooManyRequests`. */
export function pascal(kebab: string): string {
  return kebab.replace(/(?:^|-)([a-z0-9])/g, (_, c: string) => c.toUpperCase());
}

/** A code of a vendor's: `card_declined` and `CARD_DECLINED` as `CardDeclined`, -5 as `CodeMinus5`. */
export function codeName(code: number | string): string {
  const text = String(code);
  if (/^-?[0-9]+$/.test(text)) return `Code${text.replace("-", "Minus")}`;
  const words = (text.match(/[A-Za-z0-9]+/g) ?? []).map((word) =>
    /[a-z]/.test(word) ? word : word.toLowerCase(),
  );
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Z]/.test(name) ? name : `Code${name}`;
}

/** `ShopStatus` as `shopStatus`; a run of capitals at the start goes down as a whole word. */
export function camel(name: string): string {
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (c) => c.toLowerCase());
}

/** `too-many-requests` as `Too many requests`. */
export function title(kebab: string): string {
  const words = kebab.replace(/-/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Names that the generated package or a file system keeps for itself. */
const taken = new Set([
  ...Object.keys(hosts),
  ..."runtime index schemas docs dist src con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9".split(
    " ",
  ),
]);
const families = new Set(["statuses", "errors", "declines", "sockets", "reply"]);

export function checkFolder(name: string, place: Place, log: DiagnosticLog): void {
  if (taken.has(name))
    log.report("name/reserved", place, {
      name,
      why: "it is reserved by the generated package or by file systems",
    });
}

export function checkShape(name: string, place: Place, log: DiagnosticLog): void {
  if (families.has(name))
    log.report("name/reserved", place, {
      name,
      why: "a generated schema has that name",
    });
}

/** The prefix of every name of an API, or one that will do where that cannot be. */
export function checkPrefix(prefix: string, place: Place, log: DiagnosticLog): string {
  if (/^[A-Z]/.test(prefix)) return prefix;
  log.report("name/reserved", place, {
    name: prefix,
    why: "a name cannot begin with a digit",
    instead: "add a prefix: to the api section, such as Shop.",
  });
  return "Api";
}

/** The names of one scope, such as a module's exports or an enum's members. */
export class Names {
  readonly #used = new Map<string, Place>();
  /** What was reported: several names are made from one in the YAML, and one diagnostic is enough. */
  readonly #told: Set<Place>;
  readonly #log: DiagnosticLog;

  constructor(log: DiagnosticLog, told = new Set<Place>()) {
    this.#log = log;
    this.#told = told;
  }

  /** Another scope of the same API. */
  scope(): Names {
    return new Names(this.#log, this.#told);
  }

  /** Takes a name, or reports why it cannot be. Two names that differ by case only are one file or one typing slip. */
  take(name: string, place: Place): string {
    const key = name.toLowerCase();
    const first = this.#used.get(key);
    if (first === undefined) this.#used.set(key, place);
    if (this.#told.has(place)) return name;
    const count = this.#log.count;
    if (!/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name))
      this.#log.report("name/reserved", place, { name, why: "a name cannot begin with a digit" });
    else if (first !== undefined)
      this.#log.report("name/collision", place, { name }, [{ place: first, note: "first here" }]);
    if (this.#log.count > count) this.#told.add(place);
    return name;
  }
}
