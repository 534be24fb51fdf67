/** The page on retry libraries: how each hosts the advice, and what the advice does with input that it cannot use. */
import { adapters } from "../adapters.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import type { Symbols } from "../target.js";
import type { OutputFile } from "../../model/output-file.js";
import type { Library } from "./book.js";
import { code, fence, heading, line, link, list, page, text } from "../markdown.js";

const inUse: Readonly<Record<keyof typeof adapters, string>> = {
  fetch: "await advisedFetch(call, decode, { prepare })(url, { method, body, signal })",
  cockatiel: "await advisedRetry(call).execute(() => send(call.advice), signal)",
  "p-retry":
    "await pRetry(() => call.attempt(() => send(call.advice)), advisedRetry(call, signal))",
  ky: "await ky.post(url, { json, ...advisedRetry(call, decode, prepare) })",
  got: "await got.post(url, { json, ...advisedRetry(call, decode, prepare) })",
  "axios-retry":
    "await advisedRetry(call, decode, (sealed) => axios.post(url, data, sealed), { prepare })",
};

export function retryLibraries({ catalog, symbols }: Library): readonly OutputFile[] {
  return [{ path: "docs/retries.md", text: librariesPage(catalog, symbols) }];
}

function librariesPage({ package: { name }, apis }: Library["catalog"], symbols: Symbols): string {
  const shown = apis.filter((api) =>
    api.recognition.some(({ channel }) => channel.kind === "http"),
  );
  const first = shown.find(({ idempotency }) => idempotency.length > 0) ?? shown[0];
  return page(
    "Retry libraries",
    "How fetch, cockatiel, p-retry, ky, got and axios-retry follow the advice, and what is turned off.",
    [
      heading(1, text("Retry libraries")),
      line`To have all of a write taken care of, look-ups included, see ${link(text("sessions"), "sessions.md")}. This page is about a single call, in the retry library that you have.`,
      line`The advice is a pure function. It takes a failure, an operation and what came before, and returns ${code("retry")}, ${code("reconcile")} or ${code("stop")}. The retry library that you already use does the waiting; for plain fetch, the package does. Each adapter has its own subpath and imports nothing from its library, so the package does not tie you to a version.`,
      ...(first === undefined ? [] : [fence("ts", example(name, first, symbols.advise(first)))]),
      text("The same call with each library, and the versions that were tested:"),
      fence(
        "ts",
        Object.entries(adapters)
          .map(
            ([host, version]) => `// ${host} ${version}\n${inUse[host as keyof typeof adapters]}`,
          )
          .join("\n\n"),
      ),
      line`With cockatiel and p-retry, your function ${code("send")} builds each request from ${code("call.advice")}: it takes the steps in ${code("before")}, uses a fresh idempotency key if ${code("identity")} asks for one, and re-signs the request if ${code("reSign")} is set. With the others, ${code("prepare")} does the same to the next request. It runs after the wait, so a new timestamp is fresh.`,
      line`When a call has failed for good, ${code("call.ended(error)")} says what to do. Usually that is the latest advice. After an abort, or when a request could not be built, it is the advice without another attempt.`,
      list([
        line`fetch: ${code("prepare(next, advice)")} changes ${code("next.input")} and ${code("next.init")}, which are what fetch takes. ${code("timeoutMs")} is for each attempt with its body, 10 seconds if you say nothing. A body that is a stream cannot be sent twice. An agent of undici is passed as the ${code("dispatcher")} beside the body; with one of another version than Node.js's own, pass undici's ${code("fetch")} next to ${code("prepare")}.`,
        line`cockatiel: the adapter is a policy that replaces ${code("retry()")} and can be wrapped with cockatiel's other policies. It takes the attempts of the call by itself.`,
        line`p-retry: ${code("call.attempt")} takes the attempt, and the signal is for the wait; pass it to the request too. p-retry 4 treats an error from Node.js's fetch as a bug in the program, and ends the call; p-retry 5 does so with a body that was cut off.`,
        line`ky: ${code("prepare")} returns a request; to change the body, return ${code("new Request(request, { headers, body })")}. The call fails with a ${code("CatalogError")}. Versions before 1.14 cannot follow the advice; they end the call at the first failure.`,
        line`got: ${code("prepare")} changes the options; by then the body is a string. The call fails with got's ${code("RequestError")}, whose cause is the ${code("CatalogError")}. got 11 has no ${code("signal")}. No timeout of got ends a request that is answered by an upgrade (status 101); a signal does.`,
        line`axios-retry: call ${code("axiosRetry(axios)")} on the instance first; without it, nothing is sent again. Spread ${code("sealed")} last into a config of your own, and give ${code("timeoutMs")} and ${code("signal")} to the adapter: axios's own timeout does not end a body that goes on and on. ${code("prepare")} changes the config; by then its data is a string. The call fails with an ${code("AxiosError")}, whose cause is the ${code("CatalogError")}. Versions before 4.3 do not look at a 200, so a failure in one is not sent again.`,
      ]),
      heading(2, text("What the adapters see to")),
      list([
        line`Redirects are off: one that is followed may send the order again, or end at a page with a 200. A redirect is an answer that nobody listed, so a write ends in ${code("reconcile")}. With cockatiel and p-retry you write the fetch: pass ${code('redirect: "manual"')}. In a browser, axios cannot turn redirects off unless it has ${code('adapter: "fetch"')}.`,
        text(
          "The timeout of an attempt covers the body, and a body that is cut off or garbled is no success. With cockatiel and p-retry, the signal of your fetch does this.",
        ),
        text(
          "The defaults of an instance shorten no wait and add no retry. A hook of yours still can: it must neither send by itself nor turn redirects on.",
        ),
        text(
          "An abort sends nothing more, whether it comes before a request, in it, or in the wait.",
        ),
        line`Each attempt is taken from the call, directly before it leaves. A call that has ended, or that is already under way, rejects with ${code("CallRefused")}, and nothing is sent. So start a call for each request, and never use one twice at the same time: do not hedge a write, that is, do not send a second copy because the first one is slow.`,
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
      unusableInput(),
    ],
  );
}

function unusableInput(): string {
  return list([
    line`${code("attempt")} is not a whole number of 1 or more: there are no more attempts.`,
    line`${code("elapsedMs")} or ${code("keyAgeMs")} is negative (the clock was set back) or not a number: it counts as past every deadline and every window. Without ${code("keyAgeMs")}, the request counts as having no key.`,
    line`${code("random")} is not at least 0 and below 1: the full jitter is added.`,
    line`${code("prior")} is missing: after the first attempt, nothing came before it; after any other, the outcome of an earlier attempt counts as unknown.`,
    line`A header with a wait: seconds and dates are read, and the longest of several values counts. A date is measured from the response's own ${code("Date")} header or, without one, from ${code("nowMs")}; with neither, the wait is unknown and the advice gives up. A date in the past, a negative number or anything unreadable is ignored, and the next source of the delay counts.`,
    line`A wait in the body: a number, or a string that holds one; anything else is ignored. Fractions of a millisecond are rounded up.`,
    line`A wait longer than the rule's cap, such as a day: the advice gives up, since a shorter wait would not help.`,
    line`An operation that is not in the catalog counts as a write without an idempotency key. ${code('"read"')} and ${code('"write"')} stand for any read or write.`,
    line`A failure of another API counts as unknown.`,
  ]);
}

function example(
  name: string,
  { id, operations, idempotency }: RecognisedApi,
  advise: string,
): string {
  const all = operations.filter(({ kind }) => kind === "write");
  const write = (all.find((one) => one.idempotency !== null) ?? all[0])?.name ?? "write";
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
