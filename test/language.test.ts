/** The published schema of the language is made from the sections. To write it anew: `npx vitest run test/language.test.ts -u`. */
import { format } from "prettier";
import { expect, it } from "vitest";
import { languageSchema } from "../generator/sections/schema.js";

it("is what the sections say", async () => {
  const text = await format(JSON.stringify(languageSchema()), { parser: "json", printWidth: 100 });
  await expect(text).toMatchFileSnapshot("../generator/catalog.schema.json");
});
