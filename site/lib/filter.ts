/** What the table of entries can be narrowed down by: a new filter is a line in a list. */
import type { Outcome } from "trading-api-errors";
import type { Listed } from "./entries.js";
import { wentThrough } from "./words.js";

interface Filter {
  readonly key: string;
  readonly label: string;
  readonly of: (entry: Listed) => string;
  readonly text: (value: string) => string;
}

const same = (value: string): string => value;

const filters: readonly Filter[] = [
  { key: "api", label: "API", of: ({ api }) => api, text: same },
  { key: "category", label: "Category", of: ({ category }) => category ?? "success", text: same },
  {
    key: "outcome",
    label: "Did it go through?",
    of: ({ outcome }) => outcome ?? "",
    text: (value) => wentThrough[value as Outcome],
  },
  {
    key: "retry",
    label: "Send it again?",
    of: ({ again }) => again ?? "Nothing failed.",
    text: same,
  },
];

/** The filters, each with the values that some entry has. */
export function choicesOf(entries: readonly Listed[]): readonly {
  readonly key: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
}[] {
  return filters.map(({ key, label, of, text }) => ({
    key,
    label,
    options: [...new Set(entries.map(of))].map((value) => ({ value, text: text(value) })),
  }));
}

/** The entries that have each value that was chosen. */
export function filtered(
  entries: readonly Listed[],
  chosen: Readonly<Record<string, string | undefined>>,
): readonly Listed[] {
  const active = filters.filter(({ key }) => chosen[key] !== undefined);
  return entries.filter((entry) => active.every(({ key, of }) => of(entry) === chosen[key]));
}
