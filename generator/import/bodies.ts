/** What the bodies of a document show: where codes and texts stand, which lists hold items, and the types of the fields. */
import { escapeStep } from "../match/pointer.js";
import { isSymbol } from "./codes.js";

/** A code or a text in a body. A list is gone through as `*`. */
export interface Placed {
  readonly kind: "code" | "message";
  readonly at: string;
  readonly value: string | number;
}

/** Names of keys as APIs have them, the likelier ones first. */
const codeKeys = [
  /^(?:s|err|error|ret|return|result|reason|business)?_?code$/i,
  /^(?:errno|err|error_?(?:no|num|number|id))$/i,
];
const messageKeys = [
  /^(?:err|error|ret|return|s|status)?_?(?:msg|message)$/i,
  /^(?:error_?)?(?:description|text|desc)$/i,
  /^(?:detail|error|reason|info)$/i,
  /^title$/i,
];

const maxDepth = 4;

/** The codes and texts of a body, at most one of each in one object. */
export function placedIn(body: unknown, at = "", depth = 0): readonly Placed[] {
  if (depth > maxDepth || typeof body !== "object" || body === null) return [];
  if (Array.isArray(body)) return body.flatMap((item) => placedIn(item, `${at}/*`, depth + 1));
  const all = Object.entries(body as Record<string, unknown>);
  const own = ownPlaces(all, at);
  const inner = all.flatMap(([key, value]) =>
    // In other lists are items of a batch, or the parts of a validation.
    Array.isArray(value) && !/^err(?:or)?s?$/i.test(key)
      ? []
      : placedIn(value, `${at}/${escapeStep(key)}`, depth + 1),
  );
  return [...own, ...inner];
}

function ownPlaces(all: readonly (readonly [string, unknown])[], at: string): readonly Placed[] {
  const place = (kind: Placed["kind"], [key, value]: readonly [string, unknown]): Placed => ({
    ...{ kind, at: `${at}/${escapeStep(key)}` },
    value: value as string | number,
  });
  const isText = ([, value]: readonly [string, unknown]): boolean =>
    typeof value === "string" && value !== "";
  const find = (keys: readonly RegExp[], fits: (pair: readonly [string, unknown]) => boolean) => {
    for (const pattern of keys) {
      const found = all.find((pair) => pattern.test(pair[0]) && fits(pair));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  let code = find(codeKeys, ([, value]) => Number.isSafeInteger(value) || isCode(value));
  let message = find(messageKeys, (pair) => isText(pair) && !isWord(pair[1]));
  // `{ error: "invalid_request" }`, and `{ type: "card_error", message: … }` where there is no other code.
  code ??= all.find((pair) => /^error$/i.test(pair[0]) && isWord(pair[1]));
  if (message !== undefined)
    code ??= all.find((pair) => /^type$/i.test(pair[0]) && isWord(pair[1]));
  message ??= find(messageKeys, (pair) => isText(pair) && pair !== code);
  return [
    ...(code === undefined ? [] : [place("code", code)]),
    ...(message === undefined ? [] : [place("message", message)]),
  ];
}

const isWord = (value: unknown): boolean => typeof value === "string" && isSymbol(value);
const isCode = (value: unknown): boolean => typeof value === "string" && /^[\w.:-]+$/.test(value);

/** A list in a body whose items were declined, each with its reason. */
export interface ItemList {
  readonly items: string;
  /** Where the same body has the items that were not declined. */
  readonly accepted: string | null;
  readonly key: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly values: readonly object[];
}

export function itemLists(body: unknown): readonly ItemList[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return [];
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
  return lists.flatMap(([name, value]): ItemList[] => {
    const values = (value as unknown[]).filter((item) => typeof item === "object" && item !== null);
    const first = values[0] as Record<string, unknown> | undefined;
    if (first === undefined) return [];
    const keys = Object.keys(first);
    const reason = keys.find((key) => /(?:declin|reject|fail).*reason|^reason$/i.test(key));
    if (reason === undefined && !/declin|reject|fail|refus/i.test(name)) return [];
    const placed = ownPlaces(Object.entries(first), "");
    const message = reason === undefined ? null : `/${escapeStep(reason)}`;
    const accepted = lists.find(
      ([other]) => other !== name && /accept|success|placed|filled|ok/i.test(other),
    );
    const id =
      keys.find((key) => /(?:request|client|external).*(?:uuid|id)$/i.test(key)) ??
      keys.find((key) => /^(?:uuid|id)$/i.test(key));
    return [
      {
        items: `/${escapeStep(name)}`,
        accepted: accepted === undefined ? null : `/${escapeStep(accepted[0])}`,
        key: id === undefined ? null : `/${escapeStep(id)}`,
        code: placed.find(({ kind }) => kind === "code")?.at ?? null,
        message: message ?? placed.find(({ kind }) => kind === "message")?.at ?? null,
        values: values as object[],
      },
    ];
  });
}

/** The types of a body's fields by pointer, as a shape has them; `null` of what is no object or says nothing. */
export function fieldsOf(
  body: unknown,
): Readonly<Record<string, string | readonly string[]>> | null {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  const types = new Map<string, Set<string>>();
  collect(body, "", types);
  const inner = [...types.keys()];
  const leaves = inner.filter((pointer) => !inner.some((other) => other.startsWith(`${pointer}/`)));
  if (leaves.length === 0) return null;
  return Object.fromEntries(
    leaves.map((pointer) => {
      const all = [...types.get(pointer)!].sort();
      return [pointer, all.length === 1 ? all[0]! : all.includes("any") ? "any" : all];
    }),
  );
}

function collect(value: unknown, at: string, types: Map<string, Set<string>>): void {
  const add = (type: string): void => {
    types.set(at, (types.get(at) ?? new Set()).add(type));
  };
  if (value === null) return add("any");
  if (typeof value !== "object") return add(typeOf(value));
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item) => ["*", item] as const)
    : Object.entries(value).map(([key, item]) => [escapeStep(key), item] as const);
  if (entries.length === 0) return add(Array.isArray(value) ? "array" : "object");
  for (const [step, item] of entries) collect(item, `${at}/${step}`, types);
}

function typeOf(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "boolean" ? "boolean" : "string";
}
