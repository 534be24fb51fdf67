/** Documents as the world has them: merged cells, sections within tables, comments, anchors, and schemas in circles. */
import { stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { importing, wires } from "./importing.js";

const codesOf = async (name: string, text: string): Promise<readonly string[]> =>
  wires(await importing(name, text)).filter((wire) => !/^[2-5]/.test(wire));

describe("OpenAPI documents", () => {
  const codes = ["A_1", "B_2"];
  /** A document of one failing call. */
  const documentOf = (schemas: object): object => ({
    openapi: "3.0.3",
    info: { title: "Shop" },
    paths: {
      "/orders": {
        get: {
          responses: {
            400: {
              description: "Bad.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Answer" } } },
            },
          },
        },
      },
    },
    components: { schemas },
  });
  const coded = { properties: { code: { type: "string", enum: codes } } };

  it("are read through schemas that refer to themselves, at once", async () => {
    const self = { $ref: "#/components/schemas/Answer" };
    const parts = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`part${i}`, self]));
    for (const own of [coded.properties, {}]) {
      const schemas = { Answer: { properties: { ...parts, ...own } }, ErrorBody: coded };
      const found = await importing("api.json", JSON.stringify(documentOf(schemas)));
      expect(wires(found)).toEqual(["400", ...codes, "2xx"]);
    }
  });

  it("are read through all that a schema is made of, however deep", async () => {
    const schemas = {
      Base: coded,
      Middle: { allOf: [{ $ref: "#/components/schemas/Base" }] },
      Answer: { allOf: [{ $ref: "#/components/schemas/Middle" }, { type: "object" }] },
    };
    const found = await importing("api.json", JSON.stringify(documentOf(schemas)));
    expect(wires(found)).toEqual(["400", ...codes, "2xx"]);
    expect(found.draft.sections["channels"]).toMatchObject({ http: { code: "/code" } });
  });

  it("may begin with a licence", async () => {
    const text = `# The licence of the document\n\n${stringify(documentOf({ Answer: coded }))}`;
    const found = await importing("api.yaml", text);
    expect(found.format.name).toBe("openapi");
    expect(wires(found)).toEqual(["400", ...codes, "2xx"]);
  });

  it("have merge keys, and lines for statuses that are written as numbers", async () => {
    const found = await importing(
      "api.yaml",
      `swagger: "2.0"
x-common: &common
  401: { description: Log in. }
paths:
  /orders:
    get:
      responses:
        <<: *common
        404: { description: No order. }
`,
    );
    expect(found.reading.rows.map(({ statuses, spot }) => [...statuses, spot.line])).toEqual([
      ["401", 8],
      ["404", 9],
    ]);
    expect(found.reading.skipped).toEqual([]);
  });
});

describe("tables", () => {
  it("have rows that head others, which are no codes, and are said to be skipped", async () => {
    const head = "| Code | Description |\n|---|---|\n";
    const page = `# Error codes\n\n${head}| **Orders** | |\n| 1001 | Bad. |\n| USERS | |\n| 1002 | Worse. |
\n## Named errors\n\n${head}| **Orders** | |\n| \`ORDER_BAD\` | Bad. |\n| \`ORDER_LOST\` | |\n`;
    const { reading } = await importing("page.md", page);
    expect(reading.rows.flatMap(({ codes }) => codes)).toEqual([
      ...["1001", "1002"],
      ...["ORDER_BAD", "ORDER_LOST"],
    ]);
    expect(reading.skipped.map(({ line }) => line)).toEqual([5, 7, 14]);
  });

  it("have headings that reach over columns and rows, and titles over all columns", async () => {
    const heads = [
      `<tr><th rowspan=2>Code<th rowspan=2>HTTP status<th colspan=2>Message<tr><th>English<th>German`,
      `<tr><th colspan=4>Codes<tr><th>Code<th>HTTP status<th>Message<th>Note`,
      `<tr><th>Code<th>HTTP status<th>Message<th>Note<tr><th colspan=4>All`,
    ];
    const rows = `<tr><td>1001<td rowspan=2>400<td>Bad key.<td>-<tr><td>1002<td colspan=2>Bad sign.<tr><td colspan=4>Orders<tr><td>1003<td>404<td>No order.<td>-`;
    for (const head of heads) {
      const html = `<!doctype html><h1>Error codes</h1><table>${head}${rows}</table>`;
      const { reading } = await importing("page.html", html);
      expect(
        reading.rows.map(({ codes, statuses, texts }) => [...codes, ...statuses, ...texts]),
      ).toEqual([
        ["1001", "400", "Bad key."],
        ["1002", "400", "Bad sign."],
        ["1003", "404", "No order."],
      ]);
    }
  });
});

it("gives terms in a row what they have in common", async () => {
  const html = `<!doctype html><h1>Errors</h1><dl><dt><code>1001</code><dt><code>1002</code><dd>Bad key.<dt><code>1003</code><dd>Bad sign.</dl>`;
  const { reading } = await importing("page.html", html);
  expect(reading.rows.map(({ codes, summary }) => [...codes, summary])).toEqual([
    ["1001", "Bad key."],
    ["1002", "Bad key."],
    ["1003", "Bad sign."],
  ]);
});

describe("comments", () => {
  it("are no headings of a page in a list of data", async () => {
    const yaml = "# Our errors\n\n- code: A_1\n  message: Bad.\n- code: B_2\n  message: Worse.\n";
    expect(await codesOf("errors.yaml", yaml)).toEqual(["A_1", "B_2"]);
    const csv = "# Our errors; all of them\n\ncode,name,message\nA_1,BAD,Bad.\nB_2,WORSE,Worse.\n";
    expect(await codesOf("errors.csv", csv)).toEqual(["A_1", "B_2"]);
  });

  it("may be anything in front matter, even what would be an alias in YAML", async () => {
    const page =
      "---\ntitle: *All errors*\nurl: https://bank.example\n---\n# Errors\n\n| Code | Message |\n|---|---|\n| A_1 | Bad. |\n";
    expect(await codesOf("page.md", page)).toEqual(["A_1"]);
  });
});

it("takes a table with tabs for one, even if each row begins with a code", async () => {
  const { reading } = await importing("codes.tsv", "code\thttp\tmessage\n1001\t400\tBad key.\n");
  expect(reading.rows).toMatchObject([{ codes: ["1001"], statuses: ["400"], texts: ["Bad key."] }]);
});
