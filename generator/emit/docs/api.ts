/** The pages of each API. */
import type { OutputFile } from "../../model/output-file.js";
import { asked } from "../../model/wording.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { byFamily } from "../../sections/families/index.js";
import { code, heading, join, line, link, list, page, text } from "../markdown.js";
import type { Symbols } from "../target.js";
import { entryBlocks, overview } from "./entries.js";
import { openQuestions } from "./questions.js";
import { sectionBlocks } from "./sections.js";

export function apiDocs(api: RecognisedApi, symbols: Symbols): readonly OutputFile[] {
  return [
    { path: `docs/${api.id}/index.md`, text: reference(api, symbols) },
    { path: `docs/${api.id}/questions.md`, text: openQuestions(api) },
  ];
}

function reference(api: RecognisedApi, symbols: Symbols): string {
  return page(
    `${api.title}: errors`,
    `Every error of the ${api.title}: how to recognise it, what happened and what to do.`,
    [
      heading(1, text(`${api.title}: errors`)),
      text(api.summary),
      line`Other pages: ${link(text("all APIs"), "../index.md")}, ${link(text("what to do next"), "retries.md")}, ${link(text("open questions"), "questions.md")}. Categories, and who acts, are this catalog's own words; other facts are documented by the vendor unless a note says that they are inferred or chosen here.`,
      ...noRetryBlocks(api),
      ...byFamily(api.entries).flatMap(({ family, entries }) => [
        heading(2, text(family.title)),
        overview(entries),
      ]),
      ...api.entries.flatMap((entry) => entryBlocks(entry, symbols.guard(api, entry))),
      ...sectionBlocks(api, symbols),
      ...sourceBlocks(api),
    ],
  );
}

function noRetryBlocks({ noRetry }: RecognisedApi): string[] {
  if (noRetry.length === 0) return [];
  const said = noRetry.map(asked).map(({ of, verb, values }) => {
    const wanted = values.length === 0 ? [] : [line` ${join(values.map(code), " or ")}`];
    return line`${code(of)} ${text(verb)}${join(wanted, "")}`;
  });
  return [
    line`The same request is not sent again, whatever the entry says, where the header ${join(said, " or ")}.`,
  ];
}

function sourceBlocks(api: RecognisedApi): string[] {
  if (api.sources.length === 0) return [];
  return [
    heading(2, text("Sources")),
    list(
      api.sources.map(({ title, url, read, sha256 }) => {
        const hash = sha256 === null ? text("") : line`, SHA-256 ${code(sha256)}`;
        return line`${link(text(title), url)}, read ${text(read)}${hash}`;
      }),
    ),
  ];
}
