/** Whatever is named is referred to: what nothing uses is left over, or was meant to be used. */
import { nodesOf, sections } from "../sections/index.js";
import type { Check } from "./check.js";

export const usedNames: Check = ({ apis }, log) => {
  // What APIs share is used if one of them uses it.
  const used = new Set(apis.flatMap(({ referred }) => [...referred].map(({ place }) => place)));
  for (const api of apis)
    for (const section of sections) {
      if (section.usedBy === undefined) continue;
      const builtIn = new Set(section.builtIn?.(api.place).map(({ name }) => name));
      for (const node of nodesOf(api, section))
        if (!used.has(node.place) && !builtIn.has(node.name))
          log.report("ref/unused", node.place, {
            what: section.noun,
            name: node.name,
            where: section.usedBy,
          });
    }
};
