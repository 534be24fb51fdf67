/** Problem types (RFC 9457): a server of the owner's answers with them, and what it sends says where to read on. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { writeCatalog } from "./case-file.js";
import { project } from "./command.js";
import { renderAll } from "./support.js";

const shop = `api: { title: Shop API, summary: Sells things., codes: string }
channels:
  http: { transport: http, code: /code }
  feed: { transport: socket, code: /code }
statuses:
  200: { success: true, outcome: accepted, summary: It was taken., examples: [{ status: 200 }] }
  5xx: { category: internal, outcome: unknown, retry: reconcile, summary: Any fault., examples: [{ status: 500 }] }
errors:
  sold-out: { code: sold_out, status: 409, title: Sold "out", category: state-conflict, outcome: not-executed, retry: never, summary: It is gone., examples: [{ status: 409, body: { code: sold_out } }] }
  odd: { code: odd, category: validation, outcome: not-executed, retry: never, summary: It is odd., examples: [{ body: { code: odd } }] }
  old: { code: old, category: validation, outcome: not-executed, retry: never, summary: It is gone., removed: { since: "1.0.0", reason: No more. } }
sockets:
  closed: { channel: feed, code: closed, category: unavailable, outcome: not-executed, retry: never, summary: It is closed., examples: [{ body: { code: closed } }] }
--- catalog.yaml
package: { name: shop-errors, version: "1.0.0", description: What can go wrong in a shop. }
output: ../out
apis: [shop]
targets: [problems]
docs: { url: https://docs.example/errors }
`;

const page = (path: string): string => `https://docs.example/errors/shop/${path}`;

it("are a registry and a module, of what comes as a whole response", async () => {
  const folder = project({});
  const { files, built } = await renderAll(writeCatalog(shop, join(folder, "catalog")));
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const registry = [
    {
      id: "shop.server-error",
      type: page("statuses/server-error"),
      title: "Server error",
      status: 500,
    },
    { id: "shop.odd", type: page("errors/odd"), title: "Odd" },
    { id: "shop.sold-out", type: page("errors/sold-out"), title: 'Sold "out"', status: 409 },
  ];
  const { problems } = JSON.parse(texts.get("problems/shop.json")!) as { problems: unknown };
  expect(problems).toEqual(registry);
  for (const { type } of registry)
    expect(texts.has(type.replace("https://docs.example/errors/", "docs/") + ".md"), type).toBe(
      true,
    );
  const { files: packed } = JSON.parse(texts.get("package.json")!) as { files: string[] };
  expect(packed).toContain("problems");

  for (const { path, text } of built) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { shopProblems } = (await import(join(folder, "dist/shop/index.js"))) as {
    shopProblems: Readonly<Record<string, { readonly status?: number }>>;
  };
  expect(shopProblems).toEqual(Object.fromEntries(registry.map(({ id, ...type }) => [id, type])));
  const server = createServer((_, response) => {
    const problem = { ...shopProblems["shop.sold-out"], detail: "There are no pears left." };
    response.writeHead(problem.status!, { "content-type": "application/problem+json" });
    response.end(JSON.stringify(problem));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    409,
    "application/problem+json",
  ]);
  expect(await answer.json()).toEqual({
    type: page("errors/sold-out"),
    title: 'Sold "out"',
    status: 409,
    detail: "There are no pears left.",
  });
  server.close();
});

it("are not there unless a manifest asks for them", async () => {
  const plain = shop.replace("targets: [problems]\n", "");
  const { files } = await renderAll(writeCatalog(plain, join(project({}), "catalog")));
  expect(files.filter(({ path }) => path.includes("problems"))).toEqual([]);
});
