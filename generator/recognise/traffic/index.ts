/** What kind of recording a text is, and what it holds. Pure, and of the web platform only, so that a page can use it. */
import { readCurl } from "./curl.js";
import { readHar } from "./har.js";
import { isObject, type Recorded, statusOf, type Traffic } from "./recorded.js";
import { readStatus } from "./status.js";

/** Total: whatever cannot be read as something else is a body. */
export async function readTraffic(input: string): Promise<Traffic> {
  const text = input.replace(/^\uFEFF/, "");
  const response = readCurl(text);
  if (response !== null) return { takenFor: "the output of curl -i", recorded: [response] };
  const value = parsed(text);
  const har = await readHar(value);
  if (har !== null) {
    const isWhole = isObject(value) && isObject(value["log"]);
    return { takenFor: isWhole ? "a HAR" : "an entry of a HAR", recorded: har };
  }
  if (isObject(value) && Object.hasOwn(value, "status") && Object.hasOwn(value, "body"))
    return { takenFor: "a response", recorded: [responseOf(value)] };
  const written = readStatus(text.trim());
  if (written !== null) return { takenFor: "a status and a body", recorded: [written] };
  return { takenFor: "a body", recorded: [bodyOf(text.trim())] };
}

/** The text of bytes: UTF-8, or UTF-16 as the shell of Windows writes it. */
export function textOfBytes(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const label = isWide ? (first === 0xff ? "utf-16le" : "utf-16be") : "utf-8";
  return new TextDecoder(label).decode(bytes);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON, or JSON that is nested too deeply: the body is the text.
    return undefined;
  }
}

/** `{ status, headers, body }`, as fixtures and logs have it. */
function responseOf({ status, headers, body }: Readonly<Record<string, unknown>>): Recorded {
  const pairs = isObject(headers)
    ? Object.entries(headers).flatMap(([name, value]) =>
        [value].flat().flatMap((one) => (typeof one === "string" ? [[name, one] as const] : [])),
      )
    : [];
  return { kind: "response", of: null, status: statusOf(status), headers: pairs, body, notes: [] };
}

function bodyOf(body: string): Recorded {
  return { kind: "body", of: null, status: null, headers: [], body, notes: [] };
}
