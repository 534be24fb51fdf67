/** Places that are looked for once somebody asks. */
import type { Place, SourceText } from "./log.js";

export function placeLater(source: SourceText, find: () => Pick<Place, "start" | "end">): Place {
  let found: Pick<Place, "start" | "end"> | null = null;
  return {
    source,
    get start() {
      return (found ??= find()).start;
    },
    get end() {
      return (found ??= find()).end;
    },
  };
}
