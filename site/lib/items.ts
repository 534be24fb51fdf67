/** The items of a pasted batch, each with what its API makes of it. */
import type { Failure, HttpResponse, ItemReply } from "trading-api-errors";
import type { Channel } from "./catalog.js";

/** A generated decoder of batches. */
export type ReadItems = (
  sent: readonly string[],
  response: HttpResponse,
) => { readonly items: ReadonlyMap<string, ItemReply> };

export interface FailedItem {
  /** `null` where the body was the item itself, as people copy one out of its list. */
  readonly key: string | null;
  readonly failure: Failure;
}

/** Stands for the key of an item that was pasted alone, of which it may have none. */
const aloneKey = "00000000-0000-0000-0000-000000000000";

export function failedItems(
  { items = [], accepted, key }: Channel,
  read: ReadItems,
  response: HttpResponse,
): readonly FailedItem[] {
  const [list] = items;
  const keyAt = key?.at[0];
  const body = parsed(response.body);
  if (list === undefined || keyAt === undefined || Object(body) !== body) return [];
  const lists = [list, ...(accepted === undefined ? [] : [accepted])].map((at) =>
    valueAt(body, at),
  );
  if (lists.some(Array.isArray)) {
    const keys = lists.flat().map((item) => valueAt(item, keyAt));
    const sent = keys.filter((one) => typeof one === "string");
    return failuresOf(read(sent, response)).map(([key, failure]) => ({ key, failure }));
  }
  const item = { ...(body as object), ...placed(keyAt, aloneKey) };
  const wrapped = { status: 200, body: placed(list, [item]) };
  return failuresOf(read([aloneKey], wrapped)).map(([, failure]) => ({ key: null, failure }));
}

function failuresOf({
  items,
}: ReturnType<ReadItems>): readonly (readonly [key: string, failure: Failure])[] {
  return [...items].flatMap(([key, reply]) =>
    "failure" in reply && reply.failure !== null ? [[key, reply.failure] as const] : [],
  );
}

function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** What is at a JSON pointer; `undefined` where there is nothing. */
function valueAt(value: unknown, pointer: string): unknown {
  const step = (from: unknown, name: string): unknown =>
    Object(from) === from && Object.hasOwn(from as object, name)
      ? (from as Record<string, unknown>)[name]
      : undefined;
  return stepsOf(pointer).reduce(step, value);
}

/** An object that has a value at a JSON pointer. */
function placed(pointer: string, value: unknown): object {
  return stepsOf(pointer).reduceRight<unknown>(
    (inner, name) => ({ [name]: inner }),
    value,
  ) as object;
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
