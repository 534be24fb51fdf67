/** Titles, summaries and remedies, apart from the tables so that only a bundle that shows them carries them. */
import { Family } from "../../runtime/vocabulary.js";
import { table, tsFile, use } from "./printer.js";
import { type Emitter, origin, perApi } from "../emitter.js";

export const words: Emitter = perApi((api) => {
  const entries = api.entries.filter((entry) => entry.removed === null);
  return [
    tsFile(`src/${api.id}/words.ts`, origin(api), [
      use(["Words"], "../runtime/vocabulary.js", "types"),
      ...Object.values(Family).flatMap((family) =>
        entries.some((entry) => entry.family === family)
          ? [use([api.names.ids[family]], `./${family}.js`, "types")]
          : [],
      ),
      table(
        api.names.words,
        `What each entry of the ${api.title} means, in words.`,
        `Readonly<Record<${Object.values(Family)
          .filter((family) => entries.some((entry) => entry.family === family))
          .map((family) => api.names.ids[family])
          .join(" | ")}, Words>>`,
        Object.fromEntries(
          entries.map(({ id, title, summary, remedy }) => [id, { title, summary, remedy }]),
        ),
      ),
    ]),
  ];
});
