/** The runtime ships as it is: real files, tested where they are written. */
import type { OutputFile } from "../../model/output-file.js";

export function runtimeModules(runtime: ReadonlyMap<string, string>): readonly OutputFile[] {
  return shipped(runtime, (name) => !name.startsWith("hosts/"));
}

/** The adapters for retry libraries, which only a package has subpaths for. */
export function adapterModules(runtime: ReadonlyMap<string, string>): readonly OutputFile[] {
  return shipped(runtime, (name) => name.startsWith("hosts/"));
}

function shipped(
  runtime: ReadonlyMap<string, string>,
  isWanted: (name: string) => boolean,
): readonly OutputFile[] {
  return [...runtime]
    .filter(([name]) => isWanted(name))
    .map(([name, text]) => ({ path: `src/runtime/${name}`, origin: "its runtime", text }));
}
