/** Catalogs made for the benchmarks: of five entries, four are known by a code and one by a message with captures. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { cli, type Files, temporary } from "./files.js";

export interface Facts {
  readonly category: string;
  readonly actor: string;
  readonly outcome: string;
  readonly retry: string;
}

export interface Entry extends Facts {
  readonly id: string;
  readonly name: string;
  /** `null` on an entry that is known by its message. */
  readonly code: string | null;
  /** What its message begins with; amount, currency and limit follow. */
  readonly prefix: string;
  readonly summary: string;
}

const subjects = ["order", "account", "market", "stake", "token", "request", "position"];
const faults = ["rejected", "missing", "expired", "locked", "unknown", "exceeded"];
const meanings = [
  { category: "validation", actor: "client" },
  { category: "funds-or-limits", actor: "client" },
  { category: "permission", actor: "operator" },
] as const;

export function entries(count: number): readonly Entry[] {
  return Array.from({ length: count }, (_, i) => {
    const [subject, fault] = [subjects[i % 7]!, faults[Math.floor(i / 7) % 6]!];
    const name = `${subject}-${fault}-${i}`;
    return {
      id: `bench.${name}`,
      name,
      code: i % 5 === 4 ? null : String(10_000 + i),
      prefix: `${subject} ${i} ${fault}: `,
      summary: `The ${subject} cannot be used because it is ${fault}; this is case ${i} of its kind.`,
      ...meanings[i % 3]!,
      outcome: "not-executed",
      retry: "never",
    };
  });
}

const pascal = (name: string): string =>
  name.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase());

/** The name of the guard of an entry. */
export function guardOf({ name }: Entry): string {
  return `isBench${pascal(name)}`;
}

/** The member of an enum that is the code of an entry. */
export function enumMember({ name }: Entry): string {
  return `BenchCode.${pascal(name)}`;
}

export function messageOf({ prefix }: Entry, [amount, currency, limit]: readonly string[]): string {
  return `${prefix}${amount} ${currency} is more than ${limit}`;
}

const placeholders = ["{amount:decimal}", "{currency:currency}", "{limit:decimal}"];

/** An entry in the language. */
export function yaml(entry: Entry): string {
  const { name, code, category, actor, outcome, retry, summary } = entry;
  const [known, body] =
    code === null
      ? [
          `message: ${JSON.stringify(messageOf(entry, placeholders))}`,
          { message: messageOf(entry, ["12.50", "USD", "10.00"]) },
        ]
      : [`code: "${code}"`, { code, message: "Request failed" }];
  return `  ${name}:
    ${known}
    category: ${category}
    actor: ${actor}
    outcome: ${outcome}
    retry: ${retry}
    summary: ${summary}
    examples:
      - { body: ${JSON.stringify(body)} }
`;
}

/** More entries than fit into a file are split over several. */
const perFile = 6_000;

/** The files of a catalog that has the entries in each of its APIs. */
export function catalogFiles(list: readonly Entry[], apis = 1, options = "{}"): Files {
  const names = Array.from({ length: apis }, (_, i) => (i === 0 ? "bench" : `bench-${i}`));
  const files: Record<string, string> = {
    "catalog/catalog.yaml": `package: { name: bench-errors, version: "1.0.0", description: Entries made for a benchmark. }
output: ../out
apis: [${names.join(", ")}]
options: ${options}
`,
  };
  for (const name of names) {
    files[`catalog/${name}/api.yaml`] =
      `api: { title: ${name}, summary: An API made for a benchmark., codes: string }
channels:
  http: { transport: http, code: /code, message: /message }
statuses:
  200: { success: true, outcome: accepted, summary: It was taken., examples: [{ status: 200 }] }
`;
    for (let at = 0; at < list.length; at += perFile)
      files[`catalog/${name}/errors-${at / perFile}.yaml`] = `errors:\n${list
        .slice(at, at + perFile)
        .map(yaml)
        .join("")}`;
  }
  return files;
}

/** Generates the package of a catalog into a new temporary folder, and returns its root. */
export function generatePackage(
  list: readonly Entry[],
  command: readonly string[],
  options = "{}",
): string {
  const folder = temporary(catalogFiles(list, 1, options));
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, "generate"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`errata generate failed: ${stdout}${stderr}`);
  return join(folder, "out");
}

/** The command as `npm run build` leaves it. */
export const built: readonly string[] = [cli];
