/** Texts of which a part is known, or in any letter case: whatever fits is kept, and the most careful leads. */
import { describe, expect, it } from "vitest";
import type { Reply } from "../generator/runtime/failure.js";
import { line, openYaml } from "./cases/read.js";

const catalog = (errors: string): string => `
api: { title: X, summary: Trades., codes: integer }
channels: { http: { transport: http, code: /code, message: /msg } }
operations: { place: { kind: write, summary: Places. } }
statuses: { 200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] } }
errors:
${errors}
retry:
  wait: { verdict: retry, summary: Wait., delay: [{ field: wait }, { fixed: 1s }], max-delay: 10m, max-attempts: 3, identity: none }
  soon: { verdict: retry, summary: Soon., delay: [{ fixed: 1s }], max-attempts: 3, identity: none }
`;
const entry = (name: string, message: string, facts: string, code = ""): string =>
  `  ${name}: { ${code}message: ${message}, ${facts}, summary: ${name}., examples: made }`;
const refused = "category: validation, outcome: not-executed, retry: never";
const lost = "category: unavailable, outcome: unknown, retry: reconcile";
const again = "category: throttled, outcome: not-executed, retry: soon";

const { response } = await openYaml(
  catalog(
    [
      entry("funds", "{ contains: insufficient funds, case: ignore }", refused),
      entry("insufficient", "{ contains: insufficient, case: ignore }", lost),
      entry("margin", "{ contains: margin }", again),
      entry("rejected", '{ starts: "Order rejected" }', refused),
      entry("halted", "{ ends: is halted, case: ignore }", lost),
      entry("shouted", "{ is: Market Closed, case: ignore }", refused),
      entry("whole", "Order rejected because of margin", refused),
      entry("quoted", `"Order '{id:text}' is halted"`, again),
      entry("told", '{ contains: "retry in {wait:duration}" }', again.replace("soon", "wait")),
      entry("coded", "{ contains: funds }", refused, "code: 7, "),
      `  seven: { code: 7, ${lost}, summary: Seven., examples: made }`,
    ].join("\n"),
  ),
);
const read = (msg: string, code?: number): Reply => response({ status: 400, body: { code, msg } });
const also = (reply: Reply): readonly string[] =>
  reply.ok ? [] : (reply.failure.also ?? []).map(({ id }) => id);

describe("a text", () => {
  const rows: readonly (readonly [msg: string, wanted: string, also?: readonly string[]])[] = [
    ["Sorry, INSUFFICIENT FUNDS here", "x.funds not-executed"],
    ["insufficient rights", "x.insufficient unknown"],
    ["Margin", "x.unknown (message)"],
    ["your margin", "x.margin not-executed"],
    ["Order rejected: why not", "x.rejected not-executed"],
    ["An Order rejected", "x.unknown (message)"],
    ["order rejected", "x.unknown (message)"],
    ["BTC Is Halted", "x.halted unknown"],
    ["BTC is halted!", "x.unknown (message)"],
    ["market closed", "x.shouted not-executed"],
    ["market closed!", "x.unknown (message)"],
    // A whole text says more than the parts of it.
    ["Order rejected because of margin", "x.whole not-executed"],
    ["Order 'a b' is halted", "x.quoted not-executed"],
    // The name ends at its quotation mark.
    ["Order 'a' 'b' is halted", "x.halted unknown"],
    // Whoever looks first sends nothing.
    ["margin: insufficient balance", "x.insufficient unknown", ["x.margin"]],
    ["Order rejected: insufficient margin", "x.insufficient unknown", ["x.margin", "x.rejected"]],
    [
      "Order rejected, margin: Insufficient Funds",
      "x.funds not-executed",
      ["x.margin", "x.rejected"],
    ],
    ["", "x.unknown (shape)"],
  ];
  for (const [msg, wanted, others = []] of rows)
    it(JSON.stringify(msg), () => {
      expect(line(read(msg))).toBe(wanted);
      expect([...also(read(msg))].sort()).toEqual([...others].sort());
    });

  it("beside a code, of which the code alone is the rest", () => {
    expect(line(read("No funds left", 7))).toBe("x.coded not-executed");
    expect(line(read("Nothing left", 7))).toBe("x.seven unknown");
    expect(line(read("insufficient", 7))).toBe("x.seven unknown");
  });

  it("with a wait in the part that is known", () => {
    const reply = read("Slow down; retry in 1m26.4s, please");
    expect(reply).toMatchObject({ failure: { id: "x.told", fields: { waitMs: 86_400 } } });
  });

  it("of ten thousand characters and more", () => {
    expect(line(read(`${"a".repeat(9_980)} insufficient`))).toBe("x.insufficient unknown");
    expect(line(read(`${"insufficient".repeat(100_000)}`))).toBe("x.unknown (message)");
  });
});

describe("a wait at the end of a part", async () => {
  const reader = await openYaml(
    catalog(
      [
        entry(
          "told",
          '{ contains: "in {wait:duration}", case: ignore }',
          again.replace("soon", "wait"),
        ),
        entry("count", '{ contains: "wait {wait:seconds}" }', again.replace("soon", "wait")),
        entry(
          "until",
          '{ contains: "until {wait:iso}", case: ignore }',
          again.replace("soon", "wait"),
        ),
        entry("named", '{ is: "ORDER of {id:word}", case: ignore }', again),
      ].join("\n"),
    ),
  );
  const read = (msg: string): Reply => reader.response({ status: 400, body: { msg } });

  it.each<readonly [msg: string, advice: string]>([
    ["in 30s.", "retry after 30000"],
    ["IN PT1M", "retry after 60000"],
    ["in 1 hour", "stop not-executed pause 3600000"],
    ["wait 30 s", "retry after 30000"],
    ["wait 30, please", "retry after 30000"],
    // What goes on is more than what was read.
    ["in 1 month", "retry after 600000"],
    ["in 1 hour and 30 minutes", "retry after 600000"],
    ["in 1h-2h", "retry after 600000"],
    ["wait 1,000 s", "retry after 600000"],
    ["wait 2 minutes", "retry after 600000"],
    ["wait 30m", "retry after 600000"],
    ["wait 1e5", "retry after 600000"],
  ])("%s", (msg, wanted) => {
    expect(reader.advice(read(msg), "place")).toBe(wanted);
  });

  it("keeps the letters of what stands in a placeholder", () => {
    expect(read("Order of ABCdef")).toMatchObject({ failure: { fields: { id: "ABCdef" } } });
    expect(read("UNTIL 2026-11-25T22:30:00Z")).toMatchObject({
      failure: { fields: { waitAt: Date.parse("2026-11-25T22:30:00Z") } },
    });
  });
});

it("says the same in whatever order the entries are written", async () => {
  const names = ["b", "a", "c"];
  const texts = ["one", "two", "three"];
  const facts = [refused, lost, again];
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
  ];
  const replies = await Promise.all(
    orders.map(async (order) => {
      const lines = order.map((i) => entry(names[i]!, `{ contains: ${texts[i]} }`, facts[i]!));
      const reader = await openYaml(catalog(lines.join("\n")).replace(/^ {2}wait:.*\n/m, ""));
      return reader.response({ status: 400, body: { msg: "one two three" } });
    }),
  );
  expect(replies[1]).toEqual(replies[0]);
  expect(replies[2]).toEqual(replies[0]);
  expect(replies[0]).toMatchObject({ failure: { id: "x.a", outcome: "unknown" } });
});

it("that may be of a success is none of a failure's", async () => {
  const reader = await openYaml(
    catalog(
      [
        `  fine: { message: { contains: accepted }, success: true, outcome: accepted, summary: Fine., examples: made }`,
        entry("late", "{ contains: too late }", refused),
        entry("odd", `"odd {wait:duration}"`, again.replace("soon", "wait")),
        entry("again", "again", again),
      ].join("\n"),
    ),
  );
  const say = (msg: string): string => line(reader.response({ status: 200, body: { msg } }));
  expect(say("accepted")).toBe("ok x.fine accepted");
  expect(say("too late")).toBe("x.late not-executed");
  expect(say("accepted too late")).toBe("x.unknown (message)");
});
