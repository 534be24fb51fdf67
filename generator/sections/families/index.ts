/** Every family, in the order of the docs. */
import type { Entry } from "../../model/entry.js";
import type { Family } from "../../model/family.js";
import { declines } from "./declines.js";
import { errors } from "./errors.js";
import type { FamilySection } from "./family.js";
import { sockets } from "./sockets.js";
import { statuses } from "./statuses.js";

export const families: readonly FamilySection[] = [statuses, errors, declines, sockets];

/** The families that some entries are of, with their entries. */
export function byFamily(
  entries: readonly Entry[],
): readonly { readonly family: Family; readonly entries: readonly Entry[] }[] {
  return families.flatMap(({ family }) => {
    const own = entries.filter((entry) => entry.family === family);
    return own.length === 0 ? [] : [{ family, entries: own }];
  });
}
