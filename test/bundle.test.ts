/** What a consumer of the generated package ships: sizes are exact, so the budgets are tested. */
import { readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { bundled } from "./bench/bundled.js";
import { entries, enumMember, generatePackage, guardOf } from "./bench/synthetic.js";
import { command } from "./command.js";
import { generated } from "./support.js";

const names = async (module: string): Promise<readonly string[]> =>
  Object.keys((await import(pathToFileURL(`${generated}/dist/${module}.js`).href)) as object);

const guardBudget = 320;
const memberBudget = 400;
const decoderBudget = 5600;
const adviserBudget = 7100;
/** Of the session itself: what the decoders and the advice of an API take comes on top. */
const sessionBudget = 8192;

const used = (name: string, from: string): string =>
  `export { ${name} as default } from "${from}";`;

/** The summary of an entry of the ABP, as it stands in its words. */
const summary = "The client sent more requests within this second than allowed.";

describe("the ABP's package", () => {
  const abp = "./dist/abp/index.js";

  it("has guards that add little", async () => {
    const guards = (await names("abp/guards")).filter((name) => name.startsWith("is"));
    expect(guards.length).toBeGreaterThan(20);
    for (const name of guards) {
      const { gzip, text } = await bundled(generated, used(name, abp));
      expect(gzip, `${name}: ${text}`).toBeLessThanOrEqual(guardBudget);
    }
  });

  it("has guards of categories that add little", async () => {
    const guards = (await names("runtime/guards")).filter(
      (name) => name.startsWith("is") && !name.startsWith("isCatalogError"),
    );
    expect(guards.length).toBe(16);
    for (const name of guards) {
      const { gzip, text } = await bundled(generated, used(name, "./dist/index.js"));
      expect(gzip, `${name}: ${text}`).toBeLessThanOrEqual(guardBudget);
    }
  });

  it("has an enum that adds little", async () => {
    for (const member of ["AbpMessage.NoOddsFound", "AbpDecline.InvalidOdds"]) {
      const module = `import { ${member.split(".")[0]} } from "${abp}"; export default ${member};`;
      const { gzip, text } = await bundled(generated, module);
      expect(gzip, text).toBeLessThanOrEqual(memberBudget);
    }
  });

  it("has a guard of texts that carries templates only where a text has placeholders", async () => {
    const whole = await bundled(generated, used("isAbpMessage", abp));
    const placeholders = await bundled(generated, used("isAbpDecline", abp));
    expect(placeholders.text).toContain("exceeds available limit");
    expect(placeholders.text).toContain("charCodeAt");
    expect(whole.text).not.toContain("charCodeAt");
    expect(whole.gzip, whole.text).toBeLessThanOrEqual(memberBudget);
  });

  it("has a decoder without words", async () => {
    expect(readFileSync(`${generated}/dist/abp/words.js`, "utf8")).toContain(summary);
    const { text } = await bundled(generated, used("decodeAbp", abp));
    expect(text).toContain("Rate limit exceeded");
    expect(text).not.toContain(summary);
  });

  it("has an adviser of some seven kilobytes, with the words for its remedies and without a decoder", async () => {
    const { gzip, text } = await bundled(generated, used("adviseAbp", abp));
    expect(gzip).toBeLessThanOrEqual(adviserBudget);
    expect(text).toContain("Place this order again");
    expect(text).not.toContain("/detail/error");
    expect(text).not.toContain("duplicateUuids:");
  });

  it("has a session of less than eight kilobytes, besides the decoders and the advice", async () => {
    const { gzip } = await bundled(generated, used("startSession", "./dist/index.js"));
    expect(gzip).toBeLessThanOrEqual(sessionBudget);
  });

  it("has a decoder of five and a half kilobytes", async () => {
    const { gzip } = await bundled(generated, used("decodeAbp", abp));
    expect(gzip).toBeLessThanOrEqual(decoderBudget);
  });
});

describe("a large catalog's package", () => {
  const list = entries(300);
  const root = generatePackage(list, command());
  const bench = "./dist/bench/index.js";
  afterAll(() => rmSync(dirname(root), { recursive: true }));

  it("has guards that do not grow with it, and no words in its decoder", async () => {
    const guard = await bundled(root, used(guardOf(list[0]!), bench));
    expect(guard.gzip, guard.text).toBeLessThanOrEqual(guardBudget);
    expect(guard.text).not.toContain(list[1]!.id);
    const member = enumMember(list[0]!);
    const whole = await bundled(
      root,
      `import { ${member.split(".")[0]} } from "${bench}"; export default ${member};`,
    );
    const decoder = await bundled(root, used("decodeBench", bench));
    expect(decoder.text).toContain(list[1]!.id);
    for (const { text } of [guard, whole, decoder])
      for (const entry of list) expect(text).not.toContain(entry.summary);
  });
});
