/** One conformance suite for all hosts, against a real server; it ends with the table of what happened. */
import axios from "axios";
import axiosRetry from "axios-retry";
import * as cockatiel from "cockatiel";
import got from "got";
import ky from "ky";
import pRetry from "p-retry";
import { afterAll, describe, expect, it } from "vitest";
import { readResponse, startCall } from "trading-api-errors";
import { adviseAbp, decodeAbp } from "trading-api-errors/abp";
import { advisedFetch } from "trading-api-errors/fetch";
import { cases } from "./exchange/conformance/cases.js";
import { cellOf, note, print, type Table } from "./exchange/conformance/table.js";
import { hostsOf } from "./exchange/loopback/hosts.js";

const libraries = { axios, axiosRetry, cockatiel, got, ky, pRetry };
/** As the docs advise it for browsers. */
const byFetch: typeof libraries = {
  ...libraries,
  axios: {
    create: (config) => axios.create({ ...config, adapter: "fetch" }),
  } as typeof axios,
};
const columns = [
  ...hostsOf(libraries).map(({ name }) => ({ column: name, name, of: libraries })),
  { column: "axios by fetch", name: "axios-retry", of: byFetch },
];

const table: Table = new Map();
afterAll(() => console.log(`\n${print(table)}\n`));

describe.concurrent.each(columns)("$column", ({ column, name, of }) => {
  for (const one of cases)
    it(one.title, async () => {
      const happened = await cellOf(of, name, one);
      note(table, one, column, happened);
      expect([one.ends].flat()).toContain(happened);
    });
});

/** In a browser, a redirect that is not followed shows neither its status nor its headers; so does this response. */
describe("a response without a status", () => {
  it("is read, and says nothing of a write", async () => {
    const reply = decodeAbp(await readResponse(Response.error()));
    expect(reply).toMatchObject({ ok: false, failure: { id: "abp.unknown", status: 0 } });
  });

  it("ends a call by fetch", async () => {
    const call = startCall(adviseAbp, "place-orders", { keyed: true });
    const send = advisedFetch<typeof fetch>(call, decodeAbp, {
      fetch: async () => Response.error(),
    });
    await expect(send("https://api.example")).rejects.toThrow("abp.unknown");
    expect(call.advice).toMatchObject({ do: "reconcile", outcome: "unknown" });
  });
});
