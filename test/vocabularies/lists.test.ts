/**
 * Public lists of errors as catalogs: each says what its vendor says and invents nothing, and reads the bodies that the
 * vendor documents.
 */
import { describe, expect, it } from "vitest";
import { line, openYaml } from "../cases/read.js";
import { aws } from "./aws.js";
import { binance } from "./binance.js";
import { factsOf, type List, yamlOf } from "./list.js";
import { jsonRpc } from "./json-rpc.js";
import { kraken } from "./kraken.js";
import { postgres } from "./postgres.js";
import { stripe } from "./stripe.js";

const lists: Readonly<Record<string, List>> = { aws, binance, jsonRpc, kraken, postgres, stripe };

/** What loses nothing where nobody says anything. */
const assumed: Readonly<Record<string, string>> = {
  category: "unknown",
  outcome: "unknown",
  retry: "reconcile",
};

describe.each(Object.entries(lists))("%s", async (_, list) => {
  // Reading it fails at the first finding.
  const { yaml, common } = yamlOf(list);
  const reader = await openYaml(yaml, common);
  const { entries } = reader.api;
  const facts = entries.flatMap(factsOf);
  const how = (known: string): readonly string[] =>
    facts.filter((one) => one.known === known).map(({ fact }) => fact);

  it("has an entry for each of the list's", () => {
    expect(entries).toHaveLength(list.count);
  });

  it("gives the facts that the list gives, and no other", () => {
    expect(how("documented").toSorted()).toEqual(list.gives.toSorted());
  });

  it("concludes what follows from that, and no more", () => {
    const concluded = facts.filter(({ known, isOwn }) => isOwn && /inferred|policy/.test(known));
    expect(concluded.map(({ fact }) => fact).toSorted()).toEqual(list.follows.toSorted());
  });

  it("assumes what loses nothing where the list is silent", () => {
    const silent = facts.filter(({ known }) => known === "undocumented");
    expect(silent.length).toBeGreaterThan(10);
    expect(silent.filter(({ path, value }) => assumed[path] !== value)).toEqual([]);
  });

  it.each(Object.entries(list.severities ?? {}))(
    "has as many of severity %s: %d",
    (name, count) => {
      expect(entries.filter(({ severity }) => severity === name)).toHaveLength(count);
    },
  );

  for (const [given, reads, advice, input] of list.replies)
    it(`${JSON.stringify([given, input])}: ${reads}, ${advice}`, () => {
      const reply = "frame" in given ? reader.frame(given.frame) : reader.response(given);
      expect(line(reply)).toBe(reads);
      expect(reader.advice(reply, input?.operation ?? "write", input)).toBe(advice);
    });

  const { batch } = list;
  if (batch !== undefined)
    it("reads each item of a batch", () => {
      expect(reader.batch(batch.sent, batch.response)).toEqual(batch.reads);
    });
});
