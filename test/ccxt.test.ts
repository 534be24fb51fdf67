/**
 * Five failures that ccxt misread, each as a small catalog that reads them right. The issues are known to us by what kind
 * of fault they describe; the codes and the texts are invented after it.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeHttp } from "../generator/runtime/decode.js";
import { load, root } from "./support.js";

type Case = readonly [wanted: string, status: number, body: unknown];

const cases: Readonly<Record<string, readonly Case[]>> = {
  // One code for several reasons.
  "30103": [
    ["too-small", 200, { code: 5100, msg: "Order value 4.2 is below the minimum 5" }],
    ["no-funds", 200, { code: 5100, msg: "Balance insufficient" }],
    ["order-rejected", 200, { code: 5100, msg: "A reason of tomorrow" }],
    ["unknown", 200, { code: 5101, msg: "Balance insufficient" }],
  ],
  // A code read as an integer against keys that are strings, and a better field ignored.
  "30551": [
    ["order-not-found", 400, { code: 20404, message: "Not found" }],
    ["order-not-found", 400, { code: "20404", message: "Not found" }],
    ["price-out-of-band", 400, { code: 20400, error_id: "PRICE_BAND", message: "Bad request" }],
    ["bad-request", 400, { code: 20400, error_id: null, message: "Bad request" }],
    ["unknown", 400, { code: 20400, error_id: "NEW_ID", message: "Bad request" }],
  ],
  // Rules about a part of the text run as if they were about the whole.
  "26180": [
    ["insufficient-balance", 400, { error: "Insufficient USDT balance" }],
    ["invalid-order", 400, { error: "Invalid order" }],
    ["invalid-order-type", 400, { error: "Invalid order type ICEBERG" }],
    ["unknown", 400, { error: "Your note says: Invalid order" }],
    ["unknown", 400, { error: "Insufficient balance" }],
  ],
  // The code inside an item, under a reply whose own code is 1 or another.
  "9358": [
    ["insufficient-margin", 200, { code: "1", data: [{ sCode: "51008" }], msg: "" }],
    ["insufficient-margin", 200, { code: "2", data: [{ sCode: 51008 }], msg: "" }],
    ["all-failed", 200, { code: "1", data: [], msg: "Operation failed" }],
    ["done", 200, { code: "0", data: [{ sCode: "0", ordId: "7" }], msg: "" }],
    ["unknown", 200, { code: "0", data: [{ sCode: "51999" }], msg: "" }],
    ["internal-server-error", 500, null],
  ],
  // The status counted before the body.
  "14957": [
    ["order-filled", 404, { error: { code: 1404, message: "Order filled" } }],
    ["market-closed", 503, { error: { message: "Market is closed" } }],
    ["not-found", 404, { error: { message: "No such path" } }],
    ["service-unavailable", 503, null],
    ["service-unavailable", 503, "<html>503 Service Unavailable</html>"],
    ["unknown", 502, "<html>502 Bad Gateway</html>"],
  ],
};

describe.each(Object.entries(cases))("ccxt %s", (number, responses) => {
  it.each(responses)("is %s: %i %j", async (wanted, status, body) => {
    const catalog = await load(join(root, "test/fixtures/cases", number, "catalog/catalog.yaml"));
    const { decoder } = catalog.apis[0]!.recognition[0]!;
    const reply = decodeHttp(decoder, { status, body });
    expect(reply.ok ? reply.id : reply.failure.id).toBe(`exchange.${wanted}`);
  });
});
