/** The page on retry libraries: how each hosts the advice, and what the advice does with input that it cannot use. */
import { adapters } from "../adapters.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import type { Symbols } from "../target.js";
import { code, fence, heading, line, list, page, text } from "../markdown.js";

const inUse: Readonly<Record<keyof typeof adapters, string>> = {
  cockatiel: "await advisedRetry(call).execute(() => send(call.advice))",
  "p-retry": "await pRetry(() => send(call.advice), advisedRetry(call))",
  ky: "await ky.post(url, { json, ...advisedRetry(call, decode, prepare) })",
  got: "await got.post(url, { json, ...advisedRetry(call, decode, prepare) })",
  "axios-retry":
    'await axios.post(url, data, { "axios-retry": advisedRetry(call, decode, prepare) })',
};

export function retryLibraries(
  { package: { name }, apis }: RecognisedCatalog,
  symbols: Symbols,
): string {
  const shown = apis.filter((api) =>
    api.recognition.some(({ channel }) => channel.kind === "http"),
  );
  const first = shown.find(({ idempotency }) => idempotency.length > 0) ?? shown[0];
  return page(
    "Retry libraries",
    "How cockatiel, p-retry, ky, got and axios-retry follow the advice, and which retries to turn off.",
    [
      heading(1, text("Retry libraries")),
      line`The advice is a pure function: a failure, an operation and what came before go in; ${code("retry")}, ${code("reconcile")} or ${code("stop")} comes out. The waiting is done by a library that you have already. Each adapter is a subpath of its own that imports nothing of its library, so the package binds nobody to a version; the library's own retries by status are off.`,
      ...(first === undefined ? [] : [fence("ts", example(name, first, symbols.advise(first)))]),
      text("The same call with each of them, and the versions that it was measured with:"),
      fence(
        "ts",
        Object.entries(adapters)
          .map(
            ([host, version]) => `// ${host} ${version}\n${inUse[host as keyof typeof adapters]}`,
          )
          .join("\n\n"),
      ),
      line`With cockatiel and p-retry the function ${code("send")} builds each request itself, from ${code("call.advice")}: it makes the steps in ${code("before")}, takes a fresh idempotency key if ${code("identity")} says so, and signs anew if ${code("reSign")} does. With ky, got and axios-retry ${code("prepare")} does the same to the next request, after the wait, so that a timestamp in it is fresh.`,
      line`When a call has failed for good, ${code("call.ended(error)")} says what to do: as a rule it is the latest advice, and after an abort, or a request that could not be built, the advice without another try.`,
      list([
        line`cockatiel and p-retry: an abort takes effect after the wait. Give the signal to the request rather than to p-retry, which else ends the call without asking.`,
        line`cockatiel: the adapter is a policy of its own, which takes the place of ${code("retry()")} and can be wrapped with cockatiel's others.`,
        line`p-retry 4 takes an error of Node.js's fetch for a mistake in the program, and ends the call.`,
        line`ky: ${code("prepare")} returns a request; one with another body is ${code("new Request(request, { headers, body })")}. The call ends in a ${code("CatalogError")}. Before 1.14 ky cannot be told what to do; it then ends the call at the first failure.`,
        line`got: ${code("prepare")} changes the options; the body is text by then. The call ends in got's ${code("RequestError")}, with the ${code("CatalogError")} as its cause. got 11 has no ${code("signal")}.`,
        line`axios-retry: the instance needs ${code("axiosRetry(axios)")}, or nothing is asked. ${code("prepare")} changes the config; its data is text by then. The call ends in an ${code("AxiosError")}, also for a failure in a 200; ${code("call.failure")} has it. Before 4.3 axios-retry does not look at a 200, so that a failure in one passes for a success.`,
      ]),
      heading(2, text("What to turn off")),
      list([
        line`undici's ${code("RetryAgent")}. It sees the status and the headers but never the body, so it cannot tell these failures apart.`,
        line`Any other layer that retries, above or below this one. Layers multiply, and the advice counts only the attempts that it is asked about. Pass ${code("singleSend: true")} only if there is no such layer, not even in a proxy. Pass ${code("singleSend: false")} if there is one: a refusal then says nothing about the other copy.`,
        line`A retry library's own list of statuses. A 409 may mean that the order has arrived, and a 502 that part of it was carried out.`,
      ]),
      heading(2, text("When it says to stop, or to look it up first")),
      list([
        line`${code("pauseMs")} is how long the callers that ${code("pause")} names must not send any request, so a lookup or a new call has to wait too. After a call that gave up because of a limit, let the limit's whole window pass.`,
        text(
          "A lookup that finds the order settles the matter. One that does not find it proves nothing while a copy may still be on its way, or while the vendor may be slow to show it. One that finds it declined proves nothing once the vendor may have forgotten the key.",
        ),
        line`Look up a batch item that is ${code("skipped")}, ${code("duplicate")}, ${code("in-progress")} or ${code("unknown")}; it has no failure to ask advice about.`,
        line`If an earlier call for the same write ended with an unknown outcome, start the new call with ${code('prior: "unknown"')}.`,
      ]),
      heading(2, text("How the advice handles unusable input")),
      list([
        line`${code("attempt")} is not a whole number of 1 or more: there are no more attempts.`,
        line`${code("elapsedMs")} or ${code("keyAgeMs")} is negative (the clock was set back) or not a number: it counts as past every deadline and every window. Without ${code("keyAgeMs")}, the request counts as having no key.`,
        line`${code("random")} is not at least 0 and below 1: the full jitter is added.`,
        line`${code("prior")} is missing: after the first attempt, nothing came before it; after any other, the outcome of an earlier attempt counts as unknown.`,
        line`A header with a wait: seconds and dates are read, and the longest of several values counts. A date is measured from the response's own ${code("Date")} header or, without one, from ${code("nowMs")}; with neither, the wait is unknown and the advice gives up. A date in the past, a negative number or anything unreadable is ignored, and the next source of the delay counts.`,
        line`A wait in the body: a number, or a string that holds one; anything else is ignored. Fractions of a millisecond are rounded up.`,
        line`A wait longer than the rule's cap, such as a day: the advice gives up, since a shorter wait would not help.`,
        line`An operation that is not in the catalog counts as a write without an idempotency key. ${code('"read"')} and ${code('"write"')} stand for any read or write.`,
        line`A failure of another API counts as unknown.`,
      ]),
    ],
  );
}

function example(
  name: string,
  { id, operations, idempotency }: RecognisedApi,
  advise: string,
): string {
  const write = operations.find(({ kind }) => kind === "write")?.name ?? "write";
  const keyed = idempotency.length > 0 ? ", { keyed: true }" : "";
  return [
    `import { startCall } from "${name}";`,
    `import { ${advise} } from "${name}/${id}";`,
    `import { advisedRetry } from "${name}/cockatiel";`,
    "",
    "// One for each call, since it counts the attempts.",
    `const call = startCall(${advise}, ${JSON.stringify(write)}${keyed});`,
    "try {",
    "  // send() throws a CatalogError for a failure.",
    "  await advisedRetry(call).execute(() => send(call.advice));",
    "} catch (error) {",
    "  const advice = call.ended(error);",
    '  if (advice.do === "reconcile") await lookUp(advice);',
    "  else throw error;",
    "}",
  ].join("\n");
}
