/** The page on sessions: how a write is carried through until it is known what became of it. */
import type { RecognisedApi } from "../../recognise/recognise.js";
import { writesOf } from "../../recognise/uses.js";
import type { Symbols } from "../target.js";
import type { OutputFile } from "../../model/output-file.js";
import type { Library } from "./book.js";
import { code, fence, heading, line, list, page, tableOf, text } from "../markdown.js";

export function sessions({ catalog, symbols }: Library): readonly OutputFile[] {
  return [{ path: "docs/sessions.md", text: sessionPage(catalog, symbols) }];
}

function sessionPage({ package: { name }, apis }: Library["catalog"], symbols: Symbols): string {
  const shown = apis.filter((api) => writesOf(api).length > 0);
  const first = shown.find((api) => api.idempotency.length > 0) ?? shown[0];
  return page(
    "Sessions",
    "How a write is carried through: keys, retries, look-ups, and the gate that all requests of an account share.",
    [
      heading(1, text("Sessions")),
      text(
        "A session sends a write, waits, sends it again where that is safe, and looks up what is unknown, until it knows what became of each item or says that it does not. It makes the idempotency keys, so it alone knows when a fresh one is safe.",
      ),
      ...(first === undefined ? [] : [fence("ts", example(name, first, symbols))]),
      line`Each item ends in one of these, with what says so in ${code("by")} (${code("answer")}, ${code("look-up")}, ${code("message")} or ${code("unsent")}), how it is known in ${code("certainty")}, and the latest failure:`,
      tableOf(
        [text("Ending"), text("Meaning")],
        [
          [code("placed"), text("It was executed.")],
          [code("partly"), text("A part of it was executed.")],
          [code("accepted"), text("It was taken, and is decided later.")],
          [code("declined"), text("The vendor refused this item, and no copy of it was executed.")],
          [code("not-executed"), text("No copy of it was executed.")],
          [
            code("unknown"),
            text("A person has to find out. One copy, under the key told, may be live."),
          ],
        ],
      ),
      heading(2, text("What you write")),
      list([
        line`${code("send")} sends one copy of each item in one request, with its key in the request. It makes no retries, follows no redirects, and passes the signal on. It rejects if no response comes.`,
        line`${code("lookUp")} makes the look-up that the catalog names, for the keys given, and hands over the response. Where the catalog cannot say where an item stands in it, hand over a response whose body is that item, or an empty list if there is none. Without ${code("lookUp")} nothing unknown is settled, and a refusal is believed.`,
        line`${code("step")} makes a step of an advice, such as to refresh a token, and rejects if that fails. Through a gate, it is made once for all that need it at the same time.`,
        line`${code("keyOf")} is for items that have a key of their own, such as the id of an order to be cancelled.`,
        line`${code("singleSend: true")} says that nothing below repeats requests. Then a refusal is believed at once. Otherwise it is looked up, since a library or a proxy may have made another copy; such a copy is taken to have arrived before the answer did.`,
        line`${code("session.tell(key, outcome)")} is for a message from elsewhere, such as a frame on a socket. It ends a wait for a retry.`,
      ]),
      heading(2, text("When a copy goes out again")),
      list([
        text(
          "After a failure, under the same key, as long as the vendor remembers the key; or if a second execution changes nothing more.",
        ),
        text(
          "Under a fresh key, or without one, only after a proof that no copy was executed: the caller says that nothing repeats requests, and the copy was refused; nothing was sent; or the look-up proves it.",
        ),
        line`A look-up proves that there is nothing if it is asked ${code("settleMs")} after the last copy was answered or given up, or ${code("lagMs")} after it if every copy was answered. Before that, what it does not find proves nothing.`,
        text(
          "Directly before it leaves, each copy is held against the deadline and the age of its key, by the wall clock and by one that cannot go back.",
        ),
      ]),
      heading(2, text("The gate")),
      line`${code("openGate")} makes what all sessions and calls of one account share: it keeps the catalog's limits, the pauses that the vendor asks for, and the retry budget. Make one for each account. Processes that share an account pass a ${code("store")} with two functions, ${code("read")} and ${code("replace")}; the default is memory. While a store fails, each process goes on by itself. ${code("onEvent")} hears what happens, with OpenTelemetry's attribute names where there are any.`,
      text(
        "Where the catalog names the headers that say how much of a limit is left, the gate believes them until the vendor counts anew, for a window at the most, if that is less than by its own count; it never believes more. What this process has under way is taken not to be in that number yet; of what other processes have under way, only the gate's own count knows. The headers of a success are those of the response that the session gets, or that the attempt of a call resolves with.",
      ),
    ],
  );
}

function example(name: string, api: RecognisedApi, symbols: Symbols): string {
  const all = writesOf(api);
  const write = all.find(({ look }) => look !== null) ?? all[0]!;
  const { gate, writes } = symbols.session(api);
  return [
    `import { openGate, readResponse, startSession } from "${name}";`,
    `import { ${gate}, ${writes} } from "${name}/${api.id}";`,
    "",
    "// One for each account.",
    `const gate = openGate(${gate});`,
    "",
    `const session = startSession(${writes}["${write.name}"], items, {`,
    "  send: async (copies, { signal }) => readResponse(await post(copies, { signal })),",
    "  lookUp: async (copies, { signal }) => readResponse(await find(copies, { signal })),",
    "}, { gate });",
    "for (const { item, is } of await session.settled) report(item, is);",
  ].join("\n");
}
