/** The codes, texts and items that bodies show, as rows beside those of tables and headings. */
import type { Places } from "./channels.js";
import { fieldsOf, itemLists, type ItemList, placedIn, type Placed } from "./bodies.js";
import { type Body, type Reading, row, type Row } from "./model.js";

/** A row that a body shows, and the body itself as its example. */
export interface Shown {
  readonly row: Row;
  readonly example: { readonly status?: number; readonly body: unknown };
}

export interface BodyRows {
  readonly shown: readonly Shown[];
  /** The bodies that hold neither a code nor a text, but show by their shape what they are. */
  readonly shapes: readonly Body[];
  /** Where codes and texts stand, on each kind of channel, as pointers. */
  readonly http: Places;
  readonly socket: Places;
  readonly list: ItemList | null;
}

/** `known` are the codes that the document lists elsewhere: a body with one of them counts, wherever it stands. */
export function bodyRows({ bodies, places: said }: Reading, known: ReadonlySet<string>): BodyRows {
  const shown: Shown[] = [];
  const shapes: Body[] = [];
  const places = { http: newPlaces(), socket: newPlaces() };
  for (const { kind, at } of said) places.http[kind].add(at);
  let list: ItemList | null = null;
  for (const body of bodies) {
    const lists = itemLists(body.value);
    for (const found of lists) {
      list ??= found;
      if (found.items === list.items) shown.push(...itemsOf(found, body));
    }
    if (lists.length > 0) continue;
    const outer = outermost(placedIn(body.value));
    const code = outer.find(({ kind }) => kind === "code");
    // A code with a text beside it is how failures look, wherever they stand.
    const isCoded = code !== undefined && (outer.length > 1 || known.has(String(code.value)));
    if (!body.isError && !body.isFrame && !isCoded) continue;
    if (outer.length === 0) {
      if (body.isError && fieldsOf(body.value) !== null) shapes.push(body);
      continue;
    }
    for (const { kind, at } of outer) places[body.isFrame ? "socket" : "http"][kind].add(at);
    shown.push(rowOf(outer, body));
  }
  const listed = ({ code, message }: ReturnType<typeof newPlaces>): Places => ({
    code: [...code],
    message: [...message],
  });
  return { shown, shapes, http: listed(places.http), socket: listed(places.socket), list };
}

function newPlaces(): { readonly code: Set<string>; readonly message: Set<string> } {
  return { code: new Set(), message: new Set() };
}

/** What stands in the outermost object that has anything: further in are causes and details. */
function outermost(placed: readonly Placed[]): readonly Placed[] {
  const depthOf = ({ at }: Placed): number => at.split("/").length;
  const depth = Math.min(...placed.map(depthOf));
  const level = placed.filter((one) => depthOf(one) === depth);
  const first = level[0]?.at.replace(/\/[^/]*$/, "");
  return level.filter(({ at }) => at.replace(/\/[^/]*$/, "") === first).slice(0, 2);
}

function rowOf(placed: readonly Placed[], { value, status, isFrame, spot }: Body): Shown {
  const of = (kind: Placed["kind"]): readonly string[] => {
    const found = placed.find((one) => one.kind === kind);
    return found === undefined ? [] : [String(found.value)];
  };
  return {
    row: row({
      ...{ family: isFrame ? "sockets" : "errors", codes: of("code"), texts: of("message"), spot },
      statuses: status === null || isFrame ? [] : [status],
      isExample: true,
    }),
    example: {
      ...(status === null || isFrame ? {} : { status: Number(status) }),
      body: value,
    },
  };
}

function itemsOf(list: ItemList, { spot }: Body): readonly Shown[] {
  return list.values.flatMap((value): Shown[] => {
    const text = list.message === null ? undefined : at(value, list.message);
    const code = list.code === null ? undefined : at(value, list.code);
    if (typeof text !== "string" && code === undefined) return [];
    const codes = typeof code === "string" || typeof code === "number" ? [String(code)] : [];
    const texts = typeof text === "string" ? [text] : [];
    return [
      {
        row: row({ family: "declines", codes, texts, spot, isExample: true }),
        example: { body: value },
      },
    ];
  });
}

/** The value of a key of an object, by its pointer. */
function at(value: object, pointer: string): unknown {
  const key = pointer.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
  return Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
