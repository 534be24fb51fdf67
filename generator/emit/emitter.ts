/** What an emitter is: a pure function from the model to files, or from one API of it. */
import type { Api, Catalog, OutputFile } from "../model/model.js";

export type Emitter = (catalog: Catalog) => readonly OutputFile[];

/** An emitter that works API by API. */
export function perApi(emit: (api: Api, catalog: Catalog) => readonly OutputFile[]): Emitter {
  return (catalog) =>
    catalog.apis.flatMap((api) =>
      emit(api, catalog).map((file) => ({ origin: origin(api), ...file })),
    );
}

/** Which YAML a file of one API comes from, for its mark. */
export function origin(api: Api): string {
  return `the catalog's folder ${api.id}/`;
}
