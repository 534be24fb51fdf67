/** The pages of each API. */
import type { Api } from "../../model/model.js";
import { code, heading, line, link, list, page, text } from "./markdown.js";
import { Family } from "../../runtime/vocabulary.js";
import { type Emitter, perApi } from "../emitter.js";
import { entryBlocks, familyTitles, overview } from "./entries.js";
import { openQuestions } from "./questions.js";
import { ruleBlocks } from "./rules.js";

export const apiDocs: Emitter = perApi((api) => [
  { path: `docs/${api.id}/index.md`, text: reference(api) },
  { path: `docs/${api.id}/questions.md`, text: openQuestions(api) },
]);

function reference(api: Api): string {
  const families = Object.values(Family).filter((family) =>
    api.entries.some((e) => e.family === family),
  );
  return page(
    `${api.title}: errors`,
    `Every error of the ${api.title}: how to recognise it, what happened, what to do.`,
    [
      heading(1, text(`${api.title}: errors`)),
      text(api.summary),
      line`Other pages: ${link(text("all APIs"), "../index.md")}, ${link(text("what to do next"), "retries.md")}, ${link(text("open questions"), "questions.md")}. A fact without a mark is documented by the vendor; a mark says that it was inferred, or chosen here.`,
      ...families.flatMap((family) => [
        heading(2, text(familyTitles[family])),
        overview(api, family),
      ]),
      ...families.flatMap((family) =>
        api.entries.filter((e) => e.family === family).flatMap(entryBlocks),
      ),
      ...ruleBlocks(api),
      ...sourceBlocks(api),
    ],
  );
}

function sourceBlocks(api: Api): string[] {
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
