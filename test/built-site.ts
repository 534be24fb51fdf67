/** The site as it is built, served on loopback, and a Chromium that looks at it. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { delimiter, dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { root } from "./support.js";

const { resolve } = createRequire(import.meta.url);
const vitepress = join(dirname(resolve("vitepress/package.json")), "bin/vitepress.js");

/** The Chromium that is installed; `undefined` where none is. */
export const executablePath = (process.env["PATH"] ?? "")
  .split(delimiter)
  .flatMap((folder) =>
    ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)),
  )
  .find((path) => existsSync(path));

export async function launch(): Promise<Browser> {
  // Chromium has no sandbox for root, who runs the tests in a container.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: executablePath!, args });
}

/** Builds the site of a project that has `site/` and `generated/`, and returns its folder. */
export async function build(project: string): Promise<string> {
  const outDir = join(project, "site/.vitepress/dist");
  await promisify(execFile)(process.execPath, [vitepress, "build", "site"], { cwd: project });
  return outDir;
}

/** Puts the site beside the output of a project in a folder of its own. */
export function copySite(project: string): string {
  const isSource = (path: string): boolean =>
    !/[\\/]\.vitepress[\\/](?:dist|cache|\.temp)/.test(path);
  cpSync(join(root, "site"), join(project, "site"), { recursive: true, filter: isSource });
  for (const name of ["node_modules", "generator"])
    symlinkSync(join(root, name), join(project, name), "junction");
  writeFileSync(join(project, "package.json"), `{ "type": "module" }`);
  return project;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

export interface Served {
  readonly url: string;
  close(): void;
}

/** Serves files as any host of static files does, and nothing else. */
export async function serve(folder: string): Promise<Served> {
  const server = createServer(({ url = "/" }, response) => {
    const path = decodeURI(new URL(url, "http://localhost").pathname).replace(/\/$/, "/index.html");
    const file = join(folder, path);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = types[extname(file)] ?? "application/octet-stream";
    return response.writeHead(200, { "content-type": type }).end(readFileSync(file));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
