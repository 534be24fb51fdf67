/** A checked catalog as a snapshot. */
import { projection } from "../emit/json/catalog-json.js";
import type { Plan } from "../emit/target.js";
import type { RecognisedCatalog } from "../recognise/recognise.js";
import type { Snapshot } from "./snapshot.js";

/** What `catalog.json` would have of a catalog, and how its package is printed. */
export function snapshotOf({
  catalog,
  plans,
}: {
  readonly catalog: RecognisedCatalog;
  readonly plans: readonly Plan[];
}): Snapshot {
  const symbols = plans.find((plan) => plan.symbols !== null)!.symbols!;
  const { enums, emit, imports } = catalog;
  const { apis, package: about } = projection({ catalog, symbols }) as Snapshot;
  return { package: about, options: { enums, emit, imports }, apis };
}
