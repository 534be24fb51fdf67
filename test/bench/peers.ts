/** What errata is measured beside: packages of this folder, of which the generators write types from the schemas of an input. */
import { join } from "node:path";
import { root } from "./files.js";
import type { Subject } from "./processes.js";

/** Where they are installed. */
export const beside = join(root, "test/bench");

const bin = (path: string): string => join(beside, "node_modules", path);

/** A package of this folder, which the script `bench` installs. It is not among the root's, so its types are unknown. */
export const foreign = (name: string): Promise<any> => import(name);

/** The generators. */
export const peers = ["openapi-typescript", "json-schema-to-typescript"] as const;

export type Peer = (typeof peers)[number];

/** What each runs in a folder with `openapi.json` and `schema.json`. */
export function peerSubjects(cwd: string): Readonly<Record<Peer, Subject>> {
  return {
    "openapi-typescript": {
      cwd,
      args: [bin("openapi-typescript/bin/cli.js"), "openapi.json", "-o", "openapi.ts"],
    },
    "json-schema-to-typescript": {
      cwd,
      args: [bin("json-schema-to-typescript/dist/src/cli.js"), "schema.json", "schema.ts"],
    },
  };
}
