/** A catalog as `catalog.json` has it: what two of them are compared by, whether they were read from YAML or as generated. */

/** A node of a section, or an entry: its facts by name. */
export type Node = Readonly<Record<string, unknown>>;

export interface Snapshot {
  readonly package: {
    readonly name: string;
    readonly version: string;
    readonly description?: string;
    readonly license?: string | null;
  };
  /** What the manifest says of the generated code; `null` where only a `catalog.json` is known. */
  readonly options: Node | null;
  readonly apis: readonly ApiSnapshot[];
}

export interface ApiSnapshot extends Node {
  readonly id: string;
  readonly entries: readonly EntrySnapshot[];
}

export interface EntrySnapshot extends Node {
  readonly id: string;
  readonly family: string;
  readonly match: MatchSnapshot;
}

export interface MatchSnapshot extends Node {
  readonly channels: readonly string[];
  /** Numbers, and classes such as `5xx`. */
  readonly statuses?: readonly (number | string)[];
  readonly codes?: readonly CodeSnapshot[];
  readonly messages?: readonly MessageSnapshot[];
  readonly operations?: readonly string[];
  /** The name of a shape. */
  readonly shape?: string | null;
}

export interface CodeSnapshot {
  readonly first: number | string;
  readonly last: number | string;
  readonly prefix?: true;
}

export interface MessageSnapshot {
  readonly template: string;
  readonly part?: "contains" | "starts" | "ends";
  readonly case?: "ignore";
}

/** What was parsed from a `catalog.json`, or `null` where it is something else. */
export function asSnapshot(parsed: unknown): Snapshot | null {
  if (!isNode(parsed) || !isNode(parsed["package"]) || !Array.isArray(parsed["apis"])) return null;
  const { name, version } = parsed["package"];
  if (typeof name !== "string" || typeof version !== "string") return null;
  const apis: readonly unknown[] = parsed["apis"];
  if (!apis.every(isApi)) return null;
  return { options: null, ...parsed } as unknown as Snapshot;
}

function isApi(api: unknown): boolean {
  if (!isNode(api) || typeof api["id"] !== "string" || !Array.isArray(api["entries"])) return false;
  return api["entries"].every(
    (entry: unknown) =>
      isNode(entry) &&
      typeof entry["id"] === "string" &&
      isNode(entry["match"]) &&
      Array.isArray(entry["match"]["channels"]),
  );
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of a node; none where it is left out. */
export function listOf<T>(node: Node | undefined, key: string): readonly T[] {
  const list = node?.[key];
  return Array.isArray(list) ? (list as readonly T[]) : [];
}

/** The text of a value by which it is compared: keys in order, and what is absent, empty or `null` left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (!isNode(inner)) return inner;
    const known = Object.entries(inner).filter(([, one]) => !isAbsent(one));
    return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Whether two values say the same. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b || (isAbsent(a) && isAbsent(b))) return true;
  return canonical(a) === canonical(b);
}
