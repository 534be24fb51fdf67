/** What a response means may depend on what was asked. */
import { describe, expect, it } from "vitest";
import type { Reply } from "../generator/runtime/failure.js";
import { line, openYaml } from "./cases/read.js";

const { response, advice } = await openYaml(`
api: { title: X, summary: Trades., codes: integer }
channels: { http: { transport: http, code: /code, message: /msg } }
operations:
  place: { kind: write, summary: Places. }
  cancel: { kind: write, summary: Cancels., repeat: harmless }
  list: { kind: read, summary: Lists. }
statuses: { 200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] } }
errors:
  # The same code for two things.
  order-locked: { code: -4001, operations: [place], category: throttled, outcome: not-executed, retry: again, summary: Locked., examples: made }
  not-there: { code: -4001, operations: [cancel], category: permission, outcome: unknown, retry: reconcile, summary: Gone., examples: made }
  done: { code: 1, operations: [place], success: true, outcome: accepted, summary: Done., examples: made }
  page-ended: { code: -4001, operations: [list], success: true, outcome: executed, summary: The end., examples: made }
  # One entry that means something else for one operation.
  too-late:
    code: -5
    category: validation
    outcome: not-executed
    retry: never
    on: { cancel: { outcome: unknown, retry: reconcile } }
    summary: Too late.
    examples: made
  # One operation of many.
  alone: { code: -7, operations: [list], category: throttled, outcome: not-executed, retry: again, summary: Alone., examples: made }
  busy: { code: -6, category: throttled, outcome: not-executed, retry: again, summary: Busy., examples: made }
  busy-cancel: { code: -6, operations: [cancel], category: throttled, outcome: unknown, retry: reconcile, summary: Busy., examples: made }
retry:
  again: { verdict: retry, summary: Again., delay: [{ fixed: 1s }], max-attempts: 3, identity: none }
`);
const read = (code: number, operation?: string): Reply =>
  response({ status: 400, body: { code } }, operation === undefined ? undefined : { operation });

describe("a code", () => {
  it.each<readonly [code: number, operation: string | undefined, wanted: string]>([
    [-4001, "place", "x.order-locked not-executed"],
    [-4001, "cancel", "x.not-there unknown"],
    // Nobody knows of another one, and it is no success without a status of success.
    [-4001, "amend", "x.unknown (code)"],
    [-5, "place", "x.too-late not-executed"],
    [-5, "cancel", "x.too-late unknown"],
    [-5, "amend", "x.too-late not-executed"],
    [-6, "place", "x.busy not-executed"],
    [-6, "cancel", "x.busy-cancel unknown"],
    // Where nobody says what was asked, the most careful of it all.
    [-4001, undefined, "x.unknown (message)"],
    [-5, undefined, "x.too-late unknown"],
    [-7, "list", "x.alone not-executed"],
    [-7, "place", "x.unknown (code)"],
    [-7, undefined, "x.unknown (code)"],
    [-6, undefined, "x.busy-cancel unknown"],
  ])("%s in answer to %s", (code, operation, wanted) => {
    expect(line(read(code, operation))).toBe(wanted);
  });
});

it("is no success for another operation, nor where nobody says which", () => {
  const read = (operation?: string): string =>
    line(
      response({ status: 200, body: { code: 1 } }, operation === undefined ? {} : { operation }),
    );
  expect(read("place")).toBe("ok x.done accepted");
  expect(read("cancel")).toBe("x.unknown (code)");
  expect(read()).toBe("x.unknown (code)");
});

it("is advised on by what it means", () => {
  expect(advice(read(-5, "place"), "place")).toBe("stop not-executed");
  expect(advice(read(-5, "cancel"), "cancel")).toBe("reconcile unknown");
  expect(advice(read(-5), "place")).toBe("reconcile unknown");
  expect(advice(read(-6, "place"), "place")).toBe("retry after 1000");
  // It may be busy, too.
  expect(advice(read(-6), "place")).toBe("reconcile unknown pause 1000");
});

it("keeps all that it may be", () => {
  expect(read(-6)).toMatchObject({
    failure: { also: [{ id: "x.busy", outcome: "not-executed" }] },
  });
});
