/** Decoders take responses of any size, and depth is nothing that they recurse on. */
import { expect, it } from "vitest";
import type { Reply } from "trading-api-errors";
import { decodeAbp, decodeAbpPlacement } from "trading-api-errors/abp";
import { decodeSixMm } from "trading-api-errors/6mm";
import { join } from "node:path";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { docs } from "../generator/emit/docs/index.js";
import { marked } from "../generator/output/mark.js";
import { catalogFiles, entries } from "./bench/synthetic.js";
import { openYaml } from "./cases/read.js";
import { project } from "./command.js";
import { loadChecked } from "./support.js";

const idOf = (reply: Reply): string => (reply.ok ? reply.id : reply.failure.id);

it("5,000,000 brackets deep", () => {
  const deep = `{"detail":${"[".repeat(5_000_000)}${"]".repeat(5_000_000)}}`;
  expect(idOf(decodeAbp({ status: 422, body: deep }))).toBe("abp.unprocessable-content");
  const cut = deep.slice(0, -1);
  expect(decodeAbp({ status: 422, body: cut })).toMatchObject({
    failure: { id: "abp.unprocessable-content", unexpected: "body", outcome: "unknown" },
  });
});

it("1,000,000 items", () => {
  const fault = { loc: ["body", 0], msg: "Field required", type: "missing" };
  const many = { detail: Array<unknown>(1_000_000).fill(fault) };
  expect(idOf(decodeAbp({ status: 422, body: many }))).toBe("abp.validation-failed");
  many.detail[999_999] = null;
  expect(idOf(decodeAbp({ status: 422, body: many }))).toBe("abp.unprocessable-content");
});

it("a text of 10 MB, as body, text and code", () => {
  const long = "Order stake 1".repeat(800_000);
  const reply = decodeAbp({ status: 500, body: long });
  expect(idOf(reply)).toBe("abp.internal-server-error");
  expect(reply.ok || reply.failure.text?.length).toBe(10_000);
  const unknown = (why: string): object => ({ failure: { id: "6mm.unknown", why } });
  expect(decodeSixMm({ status: 400, body: { message: long } })).toMatchObject(unknown("message"));
  expect(decodeSixMm({ status: 400, body: { code: long } })).toMatchObject(unknown("code"));
  expect(decodeSixMm({ status: 400, body: { code: "1".repeat(10_000_000) } })).toMatchObject(
    unknown("code"),
  );
  const body = {
    acceptedOrders: [],
    declinedOrders: [{ requestUuid: "u", declineReason: long }],
  };
  expect(decodeAbpPlacement(["u"], { status: 201, body }).items.get("u")).toMatchObject({
    failure: { id: "abp.unknown", why: "message" },
  });
});

it("1,000,000 errors in one body", async () => {
  const reader = await openYaml(`api: { title: X, summary: Trades., codes: integer }
channels: { http: { transport: http, code: /code, errors: /errors/* } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
errors:
  busy: { code: 8, category: throttled, outcome: not-executed, retry: never, summary: Too many., examples: [{ status: 400, body: { errors: [{ code: 8 }] } }] }
  lost: { code: 9, category: internal, outcome: unknown, retry: reconcile, summary: Lost., examples: [{ status: 400, body: { errors: [{ code: 9 }] } }] }
`);
  const count = 1_000_000;
  const errors: object[] = Array.from({ length: count }, () => ({ code: 8 }));
  errors[count >> 1] = { code: 9 };
  const reply = reader.response({ status: 400, body: { errors } });
  expect(idOf(reply)).toBe("x.lost");
  expect(reply.ok ? 0 : reply.failure.also?.length).toBe(count - 1);
});

it("3,000 entries, in less than 3 MB of docs", async () => {
  const manifest = join(project(catalogFiles(entries(3_000))), "catalog/catalog.yaml");
  const { catalog, plans } = await loadChecked(manifest);
  const symbols = plans.find((plan) => plan.symbols !== null)!.symbols!;
  const { apis: stale } = catalog;
  const shared = { catalog, stale, symbols, runtime: new Map(), manifest: "", packed: [] };
  const files = [...(await docs.plan(catalog, new DiagnosticLog()).emit(shared))].map(marked);
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  expect(files.length).toBeGreaterThan(3_000);
  expect(bytes).toBeLessThan(3_000_000);
});
