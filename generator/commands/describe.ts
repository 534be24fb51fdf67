/** How an entry looks in a terminal. */
import type { Entry } from "../model/entry.js";
import { codeText, partWords, statusText } from "../model/spans.js";
import { actors, outcomes } from "../model/taxonomy.js";
import { asked } from "../model/wording.js";
import { visible } from "../diagnostics/visible.js";
import { paint } from "./terminal.js";

/** An entry in a few lines: what it means, what happened, what to do, and how that is known. */
export function describe(entry: Entry, page: string | null): string {
  const { retry, trace } = entry;
  const why = (leaf: string): string => {
    const known = trace.leaves.find(({ path }) => path === leaf);
    if (known === undefined) return "";
    const of = { defaults: " for all entries" }[known.from ?? ""] ?? ` for ${known.from}`;
    const whose = known.from === undefined ? "" : of;
    const how = known.known === "documented" ? "as" : known.known;
    if (known.reason !== null) return ` (${how}${whose}: ${known.reason})`;
    return whose === "" && known.known !== "undocumented" ? "" : ` (${how}${whose})`;
  };
  const cites = trace.cites.map(
    ({ source, heading }) => source.url + (heading === null ? "" : `#${heading}`),
  );
  const rows: readonly (readonly [string, string | null])[] = [
    ["recognised by", knownBy(entry)],
    ["category", entry.success ? "success" : entry.category],
    ["own category", entry.ownCategory?.name ?? null],
    ["class", entry.class?.id ?? null],
    ["severity", entry.severity],
    ["tags", entry.tags.join(", ")],
    ["who acts", entry.actor === null ? null : actors[entry.actor]],
    ["a write", outcomes[entry.outcome] + why("outcome")],
    ["retry", retry === null ? null : `${retry.name}: ${retry.summary}${why("retry")}`],
    [
      "after no answer",
      entry.ifPriorUnknown === null
        ? null
        : `${outcomes[entry.ifPriorUnknown.outcome]} Then: ${entry.ifPriorUnknown.retry.name}.${why("if-prior-unknown")}`,
    ],
    ...entry.on.map(({ operation, outcome, retry }): [string, string] => [
      `on ${operation.name}`,
      `${outcomes[outcome]} Then: ${retry.name}.`,
    ]),
    ["what to do", entry.remedy],
    ["documented in", cites.length === 0 ? null : cites.join(", ")],
    ["see", entry.reference],
    ["page", page],
  ];
  const lines = rows.flatMap(([name, value]) =>
    value === null || value === ""
      ? []
      : [`  ${paint("faint", name.padEnd(16))} ${visible(value)}`],
  );
  const title = `${paint("strong", entry.id)}  ${visible(entry.title)}`;
  return [title, `  ${visible(entry.summary)}`, ...lines].join("\n");
}

/** What an entry is recognised by, in words. */
export function knownBy({ match }: Entry): string {
  return [
    ...match.statuses.map((status) => `status ${statusText(status)}`),
    ...match.codes.map((codes) => `code ${codeText(codes)}`),
    ...match.messages.map((message) => {
      const [before, after] = partWords(message);
      return `${before}${JSON.stringify(message.template)}${after}`;
    }),
    ...(match.shape === null ? [] : [`shape ${match.shape.name}`]),
    ...match.where.map(asked).map(({ of, header, verb, values }) => {
      const what = values.length === 0 ? "" : ` ${values.join(" or ")}`;
      return `${header ? "header " : ""}${of} ${verb}${what}`;
    }),
  ].join(", ");
}

/** An entry as data, for `--format json`. */
export function entryData(entry: Entry): object {
  const { id, title, summary, success, category, actor, outcome, retry, remedy, tags, severity } =
    entry;
  return {
    knownBy: knownBy(entry),
    ownCategory: entry.ownCategory?.name ?? null,
    id,
    title,
    summary,
    success,
    category,
    actor,
    outcome,
    retry: retry?.data ?? null,
    remedy,
    tags,
    severity,
    class: entry.class?.id ?? null,
  };
}
