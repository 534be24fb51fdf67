/** Where a project ends: how far up a manifest is looked for, and how far up files may be written. */
import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The repository or workspace that a folder belongs to. */
export interface Project {
  readonly folder: string;
  readonly kind: "repository" | "workspace";
}

/**
 * The nearest repository around a folder, itself included; outside of any, the outermost workspace. A workspace inside of
 * a repository does not count: its packages may write into the rest of the repository. `null` where there is neither.
 */
export async function projectOf(folder: string): Promise<Project | null> {
  let workspace: Project | null = null;
  for (const at of upwards(folder)) {
    if (await exists(join(at, ".git"))) return { folder: at, kind: "repository" };
    if (await isWorkspace(at)) workspace = { folder: at, kind: "workspace" };
  }
  return workspace;
}

/** A folder and all above it, or those up to the last one. */
export function upwards(folder: string, last?: string): readonly string[] {
  const parent = dirname(folder);
  return folder === last || parent === folder ? [folder] : [folder, ...upwards(parent, last)];
}

async function isWorkspace(folder: string): Promise<boolean> {
  if (await exists(join(folder, "pnpm-workspace.yaml"))) return true;
  try {
    const about: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    return typeof about === "object" && about !== null && Object.hasOwn(about, "workspaces");
  } catch {
    return false;
  }
}

/** Whether there is a file or folder of this path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
