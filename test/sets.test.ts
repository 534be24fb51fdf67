/** Enums have one member for each wire value, however many entries share it; guards know the texts with placeholders, too. */
import { isAbpDecline } from "trading-api-errors/abp";
import { abpFixtures } from "trading-api-errors/abp/fixtures";
import { expect, it } from "vitest";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { families } from "../generator/emit/typescript/families.js";
import { type ApiNames, nameCatalog } from "../generator/emit/typescript/names.js";
import type { RecognisedApi, RecognisedCatalog } from "../generator/recognise/recognise.js";
import { pascal } from "../generator/model/names.js";
import { shop } from "./shop.js";

const namesOf = (api: RecognisedApi): ApiNames =>
  nameCatalog(catalogOf(api, "const"), new DiagnosticLog()).get(api.id)!;

const catalogOf = (api: RecognisedApi, enums: "const" | "enum"): RecognisedCatalog =>
  ({
    ...{ apis: [api], enums, targets: [] },
    docs: { url: null, navigation: [], update: [] },
  }) as Partial<RecognisedCatalog> as RecognisedCatalog;

const membersOf = (api: RecognisedApi, kind: string): Record<string, number | string> =>
  Object.fromEntries(
    namesOf(api)
      .sets.find(({ type }) => type === `Shop${pascal(kind)}`)!
      .members.map(({ name, value }) => [name, value] as const),
  );

const text = (i: number): string => `code: card_declined, message: "Reason ${i}"`;

it("calls a value that entries tell apart by more than itself after itself", async () => {
  const reasons = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`reason-${i}`, text(i)] as const),
  );
  const api = await shop(reasons, { codes: "string" });
  expect(membersOf(api, "code")).toEqual({ CardDeclined: "card_declined" });
  expect(Object.keys(membersOf(api, "message"))).toHaveLength(40);
});

it("calls it after the entry that needs nothing else", async () => {
  const declined = "code: card_declined, status: 402";
  const api = await shop(
    { stolen: text(1), "not-accepted": declined, lost: `${text(2)}, where: { /lost: true }` },
    { codes: "string" },
  );
  expect(membersOf(api, "code")).toEqual({ NotAccepted: "card_declined" });
});

it("calls it after itself where two need nothing else", async () => {
  const api = await shop({
    unpaid: "code: 2010, status: 402",
    unlisted: "code: 2010, status: 404",
    below: "code: -5, message: Too low",
    beneath: "code: -5, message: Much too low",
  });
  expect(membersOf(api, "code")).toEqual({ CodeMinus5: -5, Code2010: 2010 });
});

it("calls it after the entry of this code rather than after one of a range", async () => {
  const api = await shop({
    limits: "code: 10..12",
    stake: "code: 11",
    odds: "code: 12, message: O",
  });
  expect(membersOf(api, "code")).toEqual({ Limits10: 10, Stake: 11, Limits12: 12 });
});

it.each([
  ["CARD_DECLINED", "CardDeclined"],
  ["cardDeclined", "CardDeclined"],
  ["card.declined-2", "CardDeclined2"],
  ["2fa required", "Code2faRequired"],
  ["0012", "Code0012"],
  ["%", "Code"],
])("makes a name of the code %j", async (code, name) => {
  const shared = `code: ${JSON.stringify(code)}`;
  const api = await shop(
    { a: `${shared}, message: A`, b: `${shared}, message: B` },
    { codes: "string" },
  );
  expect(membersOf(api, "code")).toEqual({ [name]: code });
});

it("calls a text after the first of those that share it", async () => {
  const api = await shop({
    second: "message: Declined, where: { /by: shop }",
    first: "message: [No, Declined], where: { /by: bank }",
  });
  expect(membersOf(api, "message")).toEqual({ First: "No", First2: "Declined" });
});

it.each(["const", "enum"] as const)("says who shares it, with enums: %s", async (enums) => {
  const api = await shop(
    {
      declined: "code: card_declined",
      lost: text(1),
      stolen: text(2),
      a: "code: 7x, message: A",
      b: "code: 7x, message: B",
    },
    { codes: "string" },
  );
  const [module] = families(api, namesOf(api), catalogOf(api, enums));
  const lines = module!.text.replace(/^ +/gm, "");
  const is = enums === "const" ? ":" : " =";
  expect(lines).toContain(`/** Shared by shop.a and shop.b. */\nCode7x${is} "7x",`);
  expect(lines).toContain(`/**
* S.
* Shared by shop.declined, shop.lost and shop.stolen.
*/
Declined${is} "card_declined"`);
});

it("has guards that know the texts with placeholders", () => {
  expect(isAbpDecline("Order stake 15000.00 USD exceeds available limit 5000.00 USD")).toBe(true);
  expect(isAbpDecline("Order stake 15000.00 USD exceeds available limit 5000.00")).toBe(false);
  expect(isAbpDecline("Order stake high USD exceeds available limit low USD")).toBe(false);
  expect(isAbpDecline(["Invalid odds"])).toBe(false);
  const reasons = Object.values(abpFixtures)
    .flat()
    .flatMap(({ body }) => (body as { declineReason?: unknown } | null)?.declineReason ?? []);
  expect(reasons.length).toBeGreaterThan(6);
  expect(reasons.filter((reason) => !isAbpDecline(reason))).toEqual([]);
});

it.each([
  ['"Of {a:decimal} EUR"', "ShopMessage | `Of ${string} EUR`"],
  ['["Of {a:decimal} EUR", "Of {b:word} EUR"]', "ShopMessage | `Of ${string} EUR`"],
  ['["Of {a:decimal} EUR", "{a:string}"]', "ShopMessageValue"],
])("has a guard for %s that narrows to %s", async (message, type) => {
  const api = await shop({ whole: "message: All", parts: `message: ${message}` });
  const [module] = families(api, namesOf(api), catalogOf(api, "const"));
  expect(module!.text).toContain(`isShopMessage(value: unknown): value is ${type} {`);
});
