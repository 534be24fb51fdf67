/** What entries take from their class, their status and the defaults, and what they do not. */
import { expect, it } from "vitest";
import type { Entry } from "../generator/model/entry.js";
import { unjudged } from "./shop.js";

const head = `api: { title: Shop API, summary: Sells things., codes: string }
channels: { http: { transport: http, code: /code } }
`;

async function entryOf(defaults: string, entry: string): Promise<Entry> {
  const api = await unjudged(`${head}defaults: { ${defaults} }\nerrors:\n  own: { ${entry} }\n`);
  return api.entries.find(({ name }) => name === "own")!;
}

const known = ({ trace }: Entry, path: string): unknown =>
  trace.leaves.find((leaf) => leaf.path === path)?.known;

it("assumes what loses nothing where an entry is silent of what the others say", async () => {
  const said = "category: validation, outcome: not-executed, retry: never";
  const silent = "undocumented: [category, outcome, retry]";
  const own = await entryOf(said, `code: a, ${silent}, summary: S.`);
  expect(own).toMatchObject({ category: "unknown", outcome: "unknown" });
  expect(own.retry!.name).toBe("reconcile");
  expect(known(own, "outcome")).toBe("undocumented");
});

it("assumes what the defaults say is to be assumed", async () => {
  const silent = "undocumented: [category, outcome, retry]";
  const assumed = `category: internal, ${silent}`;
  for (const entry of ["", `${silent}, `]) {
    const own = await entryOf(assumed, `code: a, ${entry}summary: S.`);
    expect(own).toMatchObject({ category: "internal", outcome: "unknown" });
    expect(known(own, "category")).toBe("undocumented");
  }
});

it("takes of the defaults for a success only what is no fact of a failure", async () => {
  const success = "code: ok, success: true, summary: S.";
  const own = await entryOf("undocumented: [category, outcome, retry], examples: made", success);
  expect(own).toMatchObject({ category: null, outcome: "unknown", retry: null, isMade: true });
  expect(known(own, "outcome")).toBe("undocumented");
  expect(own.examples).toHaveLength(1);
  await expect(entryOf("outcome: not-executed", success)).rejects.toThrow("entry/incomplete");
});
