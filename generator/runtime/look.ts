/** What the answer to a look-up says of each item that was looked for. */
import type { Reply } from "./failure.js";
import { at } from "./places.js";
import type { LookUp, Outcome } from "./vocabulary.js";

/** What a look-up found of one item. */
export interface Found {
  /** `absent`: the look-up worked, and there is no such item in what it covers. */
  readonly outcome: Outcome | "absent";
  /** Whether no copy that is still under way can change it. */
  readonly isFinal: boolean;
}

/**
 * What was found of each key. A key is missing where the answer says nothing of it: the look-up failed, its answer is not in
 * the shape that the catalog has, or two keys are one to the vendor.
 */
export function foundIn(look: LookUp, keys: readonly string[], reply: Reply): Map<string, Found> {
  const found = new Map<string, Found>();
  const cut = keys.map((key) => spelled(look, key));
  const items = itemsOf(look, reply);
  if (items === null) return found;
  const more =
    reply.ok && look.more !== undefined ? at(parsed(reply.body), stepsOf(look.more)) : null;
  // An item of which nobody can tell whose it is may be any of them.
  const isStray =
    look.key !== undefined &&
    look.cut === undefined &&
    items.some((item) => !isLike(at(item, stepsOf(look.key!)), keys));
  const isMore = more !== undefined && more !== null && more !== false && more !== "";
  keys.forEach((key, i) => {
    if (cut.indexOf(cut[i]!) !== cut.lastIndexOf(cut[i]!)) return;
    const own = look.key === undefined ? items : items.filter((item) => isOf(look, item, cut[i]!));
    // What is missing here may be on the next page.
    if (own.length === 0 && (isMore || isStray)) return;
    found.set(key, own.map((item) => judged(look, item)).reduce(surer, absent));
  });
  return found;
}

const absent: Found = { outcome: "absent", isFinal: false };

/** A list, a single item, or nothing at all; `null` where it cannot be told. */
function itemsOf({ items, none = [] }: LookUp, reply: Reply): readonly unknown[] | null {
  if (!reply.ok) return none.includes(reply.failure.id) ? [] : null;
  const value = at(parsed(reply.body), stepsOf(items));
  if (Array.isArray(value)) return value as unknown[];
  return typeof value === "object" && value !== null ? [value] : null;
}

/** A decoder leaves the body of a success as it came. */
function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function isOf(look: LookUp, item: unknown, key: string): boolean {
  const own = at(item, stepsOf(look.key!));
  return (typeof own === "string" || typeof own === "number") && spelled(look, String(own)) === key;
}

/** Whether a value is a key of the kind that was asked for. */
function isLike(value: unknown, keys: readonly string[]): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  return value !== "" && (!keys.every(isUuid) || isUuid(String(value)));
}

function isUuid(key: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key);
}

/** A key as the vendor compares it: a UUID in any letter case, and cut. */
function spelled({ cut = Infinity }: LookUp, key: string): string {
  return (isUuid(key) ? key.toLowerCase() : key).slice(0, cut);
}

function judged({ status, found, final = [] }: LookUp, item: unknown): Found {
  const value = status === undefined ? undefined : at(item, stepsOf(status));
  const name = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (typeof found === "string") return { outcome: found, isFinal: final.includes(name) };
  const outcome = Object.hasOwn(found, name) ? found[name]! : "unknown";
  return { outcome, isFinal: final.includes(name) };
}

/** Of several items with one key, what commits the most. */
function surer(a: Found, b: Found): Found {
  return rank.indexOf(b.outcome) > rank.indexOf(a.outcome) ? b : a;
}

const rank: readonly Found["outcome"][] = [
  ...(["absent", "not-executed", "unknown"] as const),
  ...(["prior-received", "accepted", "partial", "executed"] as const),
];

function stepsOf(pointer: string): readonly string[] {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
