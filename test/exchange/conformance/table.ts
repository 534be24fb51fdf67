/** All hosts through all cases, and the one table of it. */
import { type Host, hostsOf, type Libraries } from "../loopback/hosts.js";
import { cases, type Case } from "./cases.js";
import { withDefaults } from "./defaults.js";
import { drive } from "./drive.js";

/** What happened, by case and host; "✓" where it is what has to. */
export type Table = Map<string, Map<string, string>>;

/** A case through a host of these libraries. */
export function cellOf(libraries: Libraries, name: string, one: Case): Promise<string> {
  const hosts = hostsOf(one.defaults === true ? withDefaults(libraries) : libraries);
  return drive(
    hosts.find((host: Host) => host.name === name)!,
    one.plan,
  );
}

export function note(table: Table, one: Case, host: string, happened: string): void {
  const row = table.get(one.title) ?? new Map<string, string>();
  table.set(one.title, row.set(host, [one.ends].flat().includes(happened) ? "✓" : happened));
}

/** How many cells are made side by side. */
const width = 25;

export async function tableOf(libraries: Libraries): Promise<Table> {
  const table: Table = new Map();
  const left = cases.flatMap((one) => hostsOf(libraries).map(({ name }) => ({ one, name })));
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      note(table, next.one, next.name, await cellOf(libraries, next.name, next.one));
  };
  await Promise.all(Array.from({ length: width }, work));
  return table;
}

/** What did not happen as it has to. */
export function wrongIn(table: Table): readonly string[] {
  return [...table].flatMap(([title, row]) =>
    [...row].filter(([, cell]) => cell !== "✓").map(([host, cell]) => `${host}, ${title}: ${cell}`),
  );
}

/** In the order of the cases, with a line for each. */
export function print(table: Table): string {
  const rows = cases.filter(({ title }) => table.has(title));
  const hosts = [...new Set([...table.values()].flatMap((row) => [...row.keys()]))];
  const lines = rows.map(({ title }) => [
    title,
    ...hosts.map((host) => table.get(title)!.get(host) ?? ""),
  ]);
  const all = [["", ...hosts], ...lines];
  const widths = all[0]!.map((_, at) => Math.max(...all.map((line) => line[at]!.length)));
  return all
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
