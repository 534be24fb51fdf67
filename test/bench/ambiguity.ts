/**
 * How many pairs of texts are reported as ambiguous in a list of thousands: TypeScript's own diagnostics, from the package
 * that is installed. Its placeholders have no types, so each is any text up to what follows it, or any text at all.
 */
import { performance } from "node:perf_hooks";
import ts from "typescript";
import { stringify } from "yaml";
import { unjudged } from "../shop.js";

const { Diagnostics } = ts as unknown as {
  readonly Diagnostics: Readonly<Record<string, { readonly message: string }>>;
};
const messages = [...new Set(Object.values(Diagnostics).map(({ message }) => message))];

/** The same with placeholders of the language; what stands there a second time is another one. */
function template(message: string, type: string): string {
  let count = 0;
  return message
    .split(/\{[0-9]+\}/)
    .map((fixed) => fixed.replace(/[{}\\]/g, "\\$&"))
    .reduce((before, after) => `${before}{p${count++}:${type}}${after}`);
}

for (const type of ["text", "string"]) {
  const errors = Object.fromEntries(
    messages.map((message, i) => [
      `e${i}`,
      {
        message: template(message, type),
        ...{ category: "validation", outcome: "not-executed", retry: "never", summary: "S." },
      },
    ]),
  );
  const channels = { http: { transport: "http", message: "/message" } };
  const start = performance.now();
  const api = await unjudged(
    stringify({ api: { title: "TypeScript", summary: "Compiles." }, channels, errors }),
  );
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const { ambiguous, unreachable } = api.recognition[0]!;
  console.log(
    `\n{:${type}}: ${messages.length} messages, ${ambiguous.length} ambiguous pairs, ${unreachable.length} never reached, ${seconds} s`,
  );
  const step = Math.max(1, Math.floor(ambiguous.length / 20));
  for (const { a, b, witness } of ambiguous.filter((_, i) => i % step === 0).slice(0, 20)) {
    const texts = [a, b].map(({ match }) => match.messages[0]!.template);
    console.log(`  ${texts.join("\n  ")}\n    both: ${JSON.stringify(witness.body)}`);
  }
}
