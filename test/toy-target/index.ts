/** A target for the tests: the ids of a catalog as constants of another language, with names and reserved words of its own. */
import { defineTarget } from "../../generator/emit/target.js";

const reserved = new Set(["not_found"]);

export const toy = defineTarget({
  name: "toy",
  packed: ["toy"],
  names: ({ apis }, log) =>
    new Map(
      apis.flatMap(({ entries }) =>
        entries.map((entry) => {
          const name = entry.name.replaceAll("-", "_");
          if (reserved.has(name))
            log.report("name/reserved", entry.place, { name, why: "the toy keeps it for itself" });
          return [entry, name.toUpperCase()] as const;
        }),
      ),
    ),
  emit: ({ catalog }, names) => {
    const rows = catalog.apis.flatMap(({ living }) =>
      living.map((entry) => `${names.get(entry)} = ${entry.id}\n`),
    );
    return ["txt", "go", "sql", "yaml"].map((ending) => ({
      path: `toy/ids.${ending}`,
      text: rows.join(""),
    }));
  },
});
