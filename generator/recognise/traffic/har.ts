/** HAR, as browsers and proxies export it: https://w3c.github.io/web-performance/specs/HAR/Overview.html */
import { isObject, type Json, type Recorded, statusOf } from "./recorded.js";

/** What entries have to say; `null` where a value is neither a HAR, nor an entry, nor a response of one. */
export async function readHar(value: unknown): Promise<readonly Recorded[] | null> {
  if (!isObject(value)) return null;
  const { log } = value;
  if (isObject(log) && Array.isArray(log["entries"])) {
    const found: Recorded[] = [];
    for (const entry of log["entries"] as unknown[])
      if (isObject(entry)) found.push(...(await readEntry(entry)));
    return found;
  }
  if (isObject(value["response"])) return readEntry(value);
  return isObject(value["content"]) && Array.isArray(value["headers"])
    ? [await readResponse(value, null)]
    : null;
}

async function readEntry({
  request,
  response,
  _webSocketMessages: frames,
}: Json): Promise<readonly Recorded[]> {
  const { method, url } = isObject(request) ? request : {};
  const of = [method, url].filter((part) => typeof part === "string").join(" ") || null;
  const answer = isObject(response) ? [await readResponse(response, of)] : [];
  // Chrome keeps frames so; those that were sent are no answers.
  const received = Array.isArray(frames)
    ? frames.filter((frame) => isObject(frame) && frame["type"] === "receive")
    : [];
  return [...answer, ...received.map((frame: Json) => frameOf(frame, of))];
}

function frameOf({ data, opcode }: Json, of: string | null): Recorded {
  const text = typeof data === "string" ? data : "";
  const bytes = opcode === 2 ? bytesOf(text) : null;
  const body = bytes === null ? text : new TextDecoder().decode(bytes);
  return { kind: "frame", of, status: null, headers: [], body, notes: [] };
}

async function readResponse(response: Json, of: string | null): Promise<Recorded> {
  const status = statusOf(response["status"]);
  const headers = Array.isArray(response["headers"]) ? response["headers"].flatMap(header) : [];
  const { body, notes } = await contentOf(isObject(response["content"]) ? response["content"] : {});
  const isAnswered = status !== null;
  const said = isAnswered ? notes : ["no answer came, or the browser kept none from the page"];
  return { kind: "response", of, status, headers, body, notes: said };
}

function header(value: unknown): readonly (readonly [string, string])[] {
  if (!isObject(value)) return [];
  const { name, value: its } = value;
  return typeof name === "string" && typeof its === "string" ? [[name, its]] : [];
}

interface Content {
  readonly body: string;
  readonly notes: readonly string[];
}

async function contentOf({ text, encoding, size }: Json): Promise<Content> {
  if (typeof text !== "string")
    return { body: "", notes: Number(size) > 0 ? ["the HAR was exported without bodies"] : [] };
  if (encoding !== "base64") return { body: text, notes: [] };
  const bytes = bytesOf(text);
  if (bytes === null) return { body: text, notes: ["the body says that it is base64, and is not"] };
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    return { body: new TextDecoder().decode(bytes), notes: [] };
  const { data, isWhole } = await unzipped(bytes);
  const notes = isWhole ? [] : ["the compressed body is cut short or too large"];
  return { body: new TextDecoder().decode(data), notes };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

/** No error is longer; a small file may hold far more. */
const mostBytes = 8 * 1024 * 1024;

/** What gzip holds, as far as it can be read. */
async function unzipped(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ readonly data: Uint8Array; readonly isWhole: boolean }> {
  const stream: ReadableStream<Uint8Array> = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  try {
    while (length <= mostBytes) {
      const { done, value } = await reader.read();
      if (done) {
        isWhole = true;
        break;
      }
      chunks.push(value);
      length += value.length;
    }
    await reader.cancel();
  } catch {
    // What came before is all that there is.
  }
  const data = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    data.set(chunk, at);
    at += chunk.length;
  }
  return { data, isWhole };
}
