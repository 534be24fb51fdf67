/** The channels of a draft: where codes and texts stand, as bodies show it, or else as a guess that says so. */
import type { BodyRows } from "./body-rows.js";
import type { Note, RowFamily } from "./model.js";

/** Where the codes and the texts of a family stand, as pointers; empty where that is not shown. */
export interface Places {
  readonly code: readonly string[];
  readonly message: readonly string[];
}

type PlacesOf = Readonly<Record<RowFamily, Places>>;

export function placesOf({ http, socket, list }: BodyRows): PlacesOf {
  const own = (pointer: string | null | undefined): readonly string[] =>
    pointer === null || pointer === undefined ? [] : [pointer];
  const declines = { code: own(list?.code), message: own(list?.message) };
  return { statuses: http, errors: http, sockets: socket, declines };
}

/** Where such things often stand. */
const guesses: PlacesOf = {
  statuses: { code: ["/code"], message: ["/message"] },
  errors: { code: ["/code"], message: ["/message"] },
  declines: { code: ["/code"], message: ["/message"] },
  sockets: { code: ["/code"], message: ["", "/error", "/message"] },
};

/** The body that has a code and a text where the family has them; `null` where both cannot be. */
export function bodyWith(
  places: PlacesOf,
  family: RowFamily,
  code: string | number,
  text: string,
): unknown {
  const at = (kind: keyof Places): string => (places[family][kind][0] ?? guesses[family][kind][0])!;
  const [codeAt, textAt] = [at("code"), at("message")];
  if (
    codeAt === "" ||
    textAt === "" ||
    codeAt.startsWith(`${textAt}/`) ||
    textAt.startsWith(`${codeAt}/`)
  )
    return null;
  return put(put(undefined, steps(codeAt), code), steps(textAt), text);
}

function steps(pointer: string): readonly string[] {
  const decoded = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");
  return pointer.split("/").slice(1).map(decoded);
}

/** A value within another, whose objects and lists are made where there are none. */
function put(into: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (step === "*") return [put(Array.isArray(into) ? into[0] : undefined, rest, value)];
  const known = typeof into === "object" && into !== null ? into : {};
  return { ...known, [step]: put(Reflect.get(known, step), rest, value) };
}

interface Channels {
  readonly nodes: Record<string, object>;
  /** By the path of what they stand above. */
  readonly comments: Record<string, string>;
  readonly doubts: Note[];
}

interface Uses {
  readonly family: RowFamily;
  readonly node: Readonly<Record<string, unknown>>;
}

export function channelsOf(entries: readonly Uses[], found: BodyRows, source: string): Channels {
  const made: Channels = { nodes: {}, comments: {}, doubts: [] };
  const places = placesOf(found);
  const has = (family: RowFamily): boolean => entries.some((entry) => entry.family === family);
  const add = (name: string, family: RowFamily, node: object): void => {
    const facts: Record<string, unknown> = {};
    const policy: Record<string, string> = {};
    for (const kind of ["code", "message"] as const) {
      const shown = places[family][kind];
      const isUsed = entries.some((one) => one.family === family && one.node[kind] !== undefined);
      if (shown.length === 0 && !isUsed) continue;
      facts[kind] = oneOf(shown.length > 0 ? shown : guesses[family][kind]);
      if (shown.length > 0) continue;
      policy[kind] = "the document does not show it";
      made.comments[`channels.${name}.${kind}`] =
        `Nobody said where the ${kind} stands: correct this.`;
      const assumed = JSON.stringify(facts[kind]);
      made.doubts.push({
        line: null,
        says: `where the ${kind} stands in the channel ${name} is not shown: the draft assumes ${assumed}`,
      });
    }
    const traced = Object.keys(policy).length === 0 ? {} : { policy };
    made.nodes[name] = { ...node, ...facts, cite: source, ...traced };
  };
  if (has("statuses") || has("errors") || has("declines"))
    add("http", "errors", { transport: "http", summary: "A response." });
  if (has("sockets"))
    add("socket", "sockets", { transport: "socket", summary: "A frame on a socket." });
  if (has("declines") && found.list !== null) {
    const { items, accepted, key } = found.list;
    const read = {
      ...(accepted === null ? {} : { accepted }),
      ...(key === null ? {} : { key }),
    };
    const inferred = Object.keys(read).map((part) => [part, "read from the one example"]);
    add("items", "declines", {
      ...{ within: "http", items, ...read, summary: "The declined items of a response." },
      ...(inferred.length === 0 ? {} : { inferred: Object.fromEntries(inferred) as object }),
    });
  }
  return made;
}

export function oneOf<T>(list: readonly T[]): T | readonly T[] {
  return list.length === 1 ? list[0]! : list;
}
