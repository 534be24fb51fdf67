/** What a node takes from the one that it is laid over, and where each part of it is written. */
import { describe, expect, it } from "vitest";
import { DiagnosticLog, type Place } from "../generator/diagnostics/log.js";
import { parse } from "../generator/read/parse.js";
import { type Item, itemAt } from "../generator/resolve/item.js";
import { type Node, overlay } from "../generator/resolve/overlay.js";

/** The node `n` of a YAML text. */
function node(text: string, file: string): Item<Node> {
  const document = parse({ file, text: `n:\n${text.replace(/^/gm, "  ")}` }, new DiagnosticLog())!;
  return itemAt(document, ["n"], (document.value as { n: Node }).n);
}

function laid(base: string, own: string): Item<Node> {
  return overlay(node(base, "base"), node(own, "own"));
}

const shown = ({ source, start, end }: Place): string =>
  `${source.file}: ${source.text.slice(start, end)}`;

describe("values", () => {
  it("are the upper node's, and else the lower one's", () => {
    const { value } = laid("retry: never\nsummary: A", "retry: slower\ntags: [x]");
    expect(value).toEqual({ retry: "slower", summary: "A", tags: ["x"] });
  });

  it("are taken whole: a map or a list is one value", () => {
    const { value } = laid("fields: { a: 1, b: 2 }\ncode: [1, 2]", "fields: { c: 3 }\ncode: 3");
    expect(value).toEqual({ fields: { c: 3 }, code: 3 });
  });

  it("of citations are all kept, as each proves what its node says", () => {
    const both = laid("code: 8\ncite: [doc#a, doc#b]", "status: 409\ncite: own#a");
    expect(both.value["cite"]).toEqual(["own#a", "doc#a", "doc#b"]);
    expect([0, 1, 2].map((i) => shown(both.at("cite", i)))).toEqual([
      "own: own#a",
      "base: doc#a",
      "base: doc#b",
    ]);
    expect(laid("cite: doc#a", "cite: doc#a").value["cite"]).toBe("doc#a");
  });

  it("are not taken where the upper node says that nobody knows them", () => {
    const { value } = laid(
      "delay: 1s\njitter: 1s\npolicy: { delay.fixed: made up, jitter: x }",
      "undocumented: [delay]",
    );
    expect(value).toEqual({ jitter: "1s", policy: { jitter: "x" }, undocumented: ["delay"] });
  });

  it("of a rule are taken by a rule of the same verdict, or by after from retry", () => {
    const taken = (base: string, own: string): boolean =>
      "delay" in laid(`verdict: ${base}\ndelay: 1s`, own).value;
    expect(taken("retry", "verdict: retry")).toBe(true);
    expect(taken("retry", "max-attempts: 3")).toBe(true);
    expect(taken("retry", "verdict: after")).toBe(true);
    expect(taken("after", "verdict: retry")).toBe(false);
    expect(taken("retry", "verdict: never")).toBe(false);
  });

  it("leave both nodes as they were", () => {
    const [base, own] = [node("policy: { a: x }\nb: 1", "base"), node("policy: { b: y }", "own")];
    const before = structuredClone([base.value, own.value]);
    overlay(base, own);
    expect([base.value, own.value]).toEqual(before);
  });
});

describe("reasons", () => {
  it("go with the values that they are given for", () => {
    const { value } = laid(
      "retry: slower\noutcome: unknown\ninferred: { outcome: o, retry: r }\nundocumented: [severity, retry.jitter]",
      "retry: never\nseverity: bad\npolicy: { retry: ours }",
    );
    expect(value).toEqual({
      ...{ retry: "never", outcome: "unknown", severity: "bad" },
      ...{ inferred: { outcome: "o" }, policy: { retry: "ours" } },
    });
  });

  it("may be given for a value that is taken, and then replace its own", () => {
    const { value } = laid("jitter: 1s\ninferred: { jitter: i }", "policy: { jitter: p }");
    expect(value).toEqual({ jitter: "1s", policy: { jitter: "p" } });
  });

  it("stay with a value that is written again", () => {
    const { value } = laid("verdict: retry\npolicy: { verdict: x }", "verdict: retry");
    expect(value).toEqual({ verdict: "retry", policy: { verdict: "x" } });
  });

  it("are added to those of the upper node", () => {
    const { value } = laid("a: 1\npolicy: { a: x }\nundocumented: [c]", "b: 2\npolicy: { b: y }");
    expect(value).toEqual({ a: 1, b: 2, policy: { a: "x", b: "y" }, undocumented: ["c"] });
  });
});

describe("places", () => {
  const item = laid(
    "tags: [a, b]\nretry: never\npolicy: { tags: x, retry: y }\nundocumented: [retry.a, p, q]",
    "retry: slower\npolicy: { retry: ours }\nundocumented: [z]",
  );

  it("lead to where a value is written", () => {
    expect(shown(item.place)).toBe("own: n");
    expect(shown(item.at("tags", 1))).toBe("base: b");
    expect(shown(item.key("tags"))).toBe("base: tags");
    expect(shown(item.at("retry"))).toBe("own: slower");
  });

  it("lead to where a reason is written", () => {
    expect(shown(item.key("policy", "tags"))).toBe("base: tags");
    expect(shown(item.at("policy", "retry"))).toBe("own: ours");
    expect(item.value["undocumented"]).toEqual(["z", "p", "q"]);
    const listed = [0, 1, 2].map((i) => shown(item.at("undocumented", i)));
    expect(listed).toEqual(["own: z", "base: p", "base: q"]);
  });
});

it("takes what is no node yet as it is, for the schema to judge", () => {
  for (const odd of ["policy: [a]", "policy: x", "undocumented: x", "undocumented: { a: b }"]) {
    const { value } = node(odd, "own");
    expect(laid("policy: { a: b }\nundocumented: [c]", odd).value).toMatchObject(value);
  }
});
