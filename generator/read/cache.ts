/**
 * Where errata keeps what saves it work, and what it is good for. In node_modules/.cache, where losing it costs a slow run;
 * without node_modules there is none.
 */
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare } from "../diagnostics/order.js";

/** SHA-256, in hexadecimal. */
export function digest(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** The path of what is kept for a catalog. */
export function cachePath(manifest: string, name: string): string {
  return join(process.cwd(), "node_modules/.cache/errata", `${digest(manifest)}${name}`);
}

/** Keeps a value with a digest of it: what was cut short or changed is nothing. */
export async function keep(path: string, value: unknown): Promise<void> {
  try {
    const text = JSON.stringify(value);
    await stat(join(process.cwd(), "node_modules"));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${digest(text)}\n${text}`);
  } catch {
    // There is no node_modules, or it is read-only: the next run is a slow one.
  }
}

/** What was kept, from its text; `null` where it is not whole. */
export function kept(text: string): unknown {
  const end = text.indexOf("\n");
  const json = text.slice(end + 1);
  return text.slice(0, end) === digest(json) ? JSON.parse(json) : null;
}

let own: string | null = null;

/** A digest of errata's own files: another version makes other output of the same catalog. */
export function ownDigest(): string {
  return (own ??= hashOwn(fileURLToPath(new URL("..", import.meta.url))));
}

function hashOwn(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const rows = names
    .filter((name) => /\.(ts|js|json)$/.test(name))
    .sort(compare)
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return `${name}\0${size}\0${mtimeMs}\0`;
    });
  return digest(...rows);
}
