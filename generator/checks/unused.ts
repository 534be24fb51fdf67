/** Whatever is named is referred to: what nothing uses is left over, or was meant to be used. */
import { nodesOf, sections } from "../sections/index.js";
import type { Check } from "./check.js";

export const usedNames: Check = ({ apis }, log) => {
  for (const api of apis)
    for (const section of sections) {
      if (section.usedBy === undefined) continue;
      const builtIn = new Set(section.builtIn?.(api.place).map(({ name }) => name));
      for (const node of nodesOf(api, section))
        if (!api.referred.has(node) && !builtIn.has(node.name))
          log.report("ref/unused", node.place, {
            what: section.noun,
            name: node.name,
            where: section.usedBy,
          });
    }
};
