/** The plug-in in real bundlers. Each begins with a catalog that was never generated, and imports what is. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as esbuild, context } from "esbuild";
import { build as vite, createServer, type ViteDevServer } from "vite";
import webpack, { type Configuration, type Stats } from "webpack";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import errataEsbuild from "../generator/plugin/esbuild.js";
import errataVite from "../generator/plugin/vite.js";
import errataWebpack from "../generator/plugin/webpack.js";
import { project, smallest } from "./command.js";

const app = { ...smallest, "app.js": 'export { ShopStatus } from "./out/dist/shop/index.js";\n' };
const api = "catalog/shop/api.yaml";
const broken = {
  ...app,
  [api]: smallest[api]!.replace("category: throttled", "category: throtled"),
};
/** Where the mistake is, and what is said of it. */
const line = broken[api].split("\n").findIndex((text) => text.includes("throtled")) + 1;
const said = /throtled/;

/** What a bundle exports as the status of too many requests. */
async function statusIn(bundle: string): Promise<unknown> {
  const { ShopStatus } = (await import(bundle)) as { ShopStatus: { TooManyRequests: number } };
  return ShopStatus.TooManyRequests;
}

describe("Vite", () => {
  const settings = (folder: string): object => ({
    ...{ root: folder, configFile: false, logLevel: "silent" },
    plugins: [errataVite({ cwd: folder })],
    build: {
      lib: { entry: "app.js", formats: ["es"], fileName: () => "app.mjs" },
      outDir: "bundle",
    },
  });

  it("generates before a build", async () => {
    const folder = project(app);
    await vite(settings(folder));
    expect(await statusIn(join(folder, "bundle/app.mjs"))).toBe(429);
  });

  it("fails a build at the place of a mistake", async () => {
    const folder = project(broken);
    await expect(vite(settings(folder))).rejects.toMatchObject({
      errors: [{ message: expect.stringMatching(said), loc: { file: join(folder, api), line } }],
    });
  });

  it("starts a server all the same, shows the mistake over the page, and takes it away", async () => {
    const folder = project(broken);
    const server: ViteDevServer = await createServer({
      ...settings(folder),
      server: { port: 0, host: "127.0.0.1" },
    });
    try {
      await server.listen();
      const { port } = server.httpServer!.address() as { port: number };
      // oxlint-disable-next-line typescript/no-deprecated -- a page gets it in its client, and a test nowhere else
      const url = `ws://127.0.0.1:${port}/?token=${server.config.webSocketToken}`;
      const socket = new WebSocket(url, "vite-hmr");
      const messages: { type: string; err?: { message: string; loc: object; frame: string } }[] =
        [];
      const heard = (type: string): Promise<void> =>
        new Promise((done) => {
          const look = (): void => {
            if (messages.some((message) => message.type === type)) done();
          };
          socket.on("message", look);
          look();
        });
      socket.on("message", (data: Buffer) => messages.push(JSON.parse(data.toString()) as never));
      await heard("error");
      expect(messages.find(({ type }) => type === "error")!.err).toMatchObject({
        message: expect.stringMatching(said),
        loc: { file: join(folder, api), line },
        frame: expect.stringContaining("^^^^"),
      });
      writeFileSync(join(folder, api), smallest[api]!);
      await heard("full-reload");
      expect(readFileSync(join(folder, "out/src/shop/statuses.ts"), "utf8")).toContain("429");
      socket.close();
    } finally {
      await server.close();
    }
  });
});

describe("esbuild", () => {
  const settings = (folder: string): Parameters<typeof esbuild>[0] => ({
    ...{ absWorkingDir: folder, entryPoints: ["app.js"], bundle: true, format: "esm" },
    ...{ outfile: "bundle/app.mjs", logLevel: "silent", plugins: [errataEsbuild({ cwd: folder })] },
  });

  it("generates before a build", async () => {
    const folder = project(app);
    await esbuild(settings(folder));
    expect(await statusIn(join(folder, "bundle/app.mjs"))).toBe(429);
  });

  it("fails a build at the place of a mistake", async () => {
    const folder = project(broken);
    await expect(esbuild(settings(folder))).rejects.toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({
          text: expect.stringMatching(said),
          location: expect.objectContaining({ line, column: 14 }),
        }),
      ]),
    });
  });

  it("builds again when the catalog changes", async () => {
    const folder = project(broken);
    let ended = (_: number): void => {};
    const next = (): Promise<number> => new Promise((done) => (ended = done));
    const told = {
      name: "told",
      setup: ({ onEnd }: { onEnd: (f: (r: { errors: unknown[] }) => void) => void }) =>
        onEnd(({ errors }) => ended(errors.length)),
    };
    const { plugins = [], ...rest } = settings(folder);
    const watching = await context({ ...rest, plugins: [...plugins, told] });
    try {
      const first = next();
      await watching.watch();
      expect(await first).toBeGreaterThan(0);
      const second = next();
      writeFileSync(join(folder, api), smallest[api]!);
      expect(await second).toBe(0);
    } finally {
      await watching.dispose();
    }
  });
});

describe("webpack", () => {
  const run = (folder: string): Promise<Stats> =>
    new Promise((done, fail) => {
      const settings: Configuration = {
        ...{ mode: "development", devtool: false, context: folder, entry: "./app.js" },
        output: {
          path: join(folder, "bundle"),
          filename: "app.cjs",
          library: { type: "commonjs2" },
        },
        plugins: [errataWebpack({ cwd: folder })],
      };
      webpack(settings, (error, stats) => (error === null ? done(stats!) : fail(error)));
    });

  it("generates before a build, and watches the folders of the catalog", async () => {
    const folder = project(app);
    const stats = await run(folder);
    expect(stats.compilation.errors).toEqual([]);
    expect([...stats.compilation.contextDependencies]).toEqual(
      expect.arrayContaining([join(folder, "catalog"), join(folder, "catalog/shop")]),
    );
    expect(await statusIn(join(folder, "bundle/app.cjs"))).toBe(429);
  });

  it("fails a build with the place of a mistake", async () => {
    const folder = project(broken);
    const { compilation } = await run(folder);
    const own = compilation.errors.filter(({ name }) => name === "errata");
    expect(own).toMatchObject([{ message: expect.stringMatching(said), loc: { line } }]);
  });
});
