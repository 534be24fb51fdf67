/** The output of `curl -si`: one block of headers after the other, and the body of the last one. */
import type { Recorded } from "./recorded.js";

const statusLine = /^HTTP\/\d(?:\.\d)? ([1-5]\d\d)(?: ([^\r\n]*))?\r?(?:\n|$)/;

/** What was typed above it, as a terminal shows it. */
const typed = /^(?:[^\n]{0,80}[$#%>] )?curl [^]*?\n(?=HTTP\/)/;

/** The response; `null` where the text does not begin as one does. */
export function readCurl(text: string): Recorded | null {
  let rest = text.trimStart().replace(typed, "");
  let block = blockOf(rest);
  if (block === null) return null;
  for (let next: Block | null = block; next !== null;) {
    [block, rest] = [next, rest.slice(next.length)];
    next = isFollowed(block) ? blockOf(rest) : null;
  }
  const { status, headers } = block;
  const notes = [
    ...(block.isWhole ? [] : ["the headers have no end"]),
    ...faults(rest, (name) => headers.find(([key]) => key.toLowerCase() === name)?.[1]),
  ];
  return { kind: "response", of: null, status, headers, body: rest.trim(), notes };
}

interface Block {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Of the text, with the empty line at its end. */
  readonly length: number;
  /** Whether there is such a line. */
  readonly isWhole: boolean;
}

function blockOf(text: string): Block | null {
  const first = statusLine.exec(text);
  if (first === null) return null;
  const headers: [string, string][] = [];
  let at = first[0].length;
  let isWhole = false;
  while (!isWhole && at < text.length) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? text.length : end).replace(/\r$/, "");
    at = end < 0 ? text.length : end + 1;
    if (line === "") isWhole = true;
    else if (/^[ \t]/.test(line) && headers.length > 0) headers.at(-1)![1] += ` ${line.trim()}`;
    else {
      const colon = line.indexOf(":");
      // What has no colon is no header; a line of noise among them hides none of the others.
      if (colon > 0) headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    }
  }
  return {
    ...{ status: Number(first[1]), reason: first[2] ?? "" },
    ...{ headers, length: at, isWhole },
  };
}

/** Whether curl goes on with another block: it does not print the bodies of what it follows, authenticates or tunnels. */
function isFollowed({ status, reason, headers }: Block): boolean {
  const hasBody = headers.some(([name]) => /^content-(?:length|type)$/i.test(name));
  const isTunnel = status === 200 && (/^connection established$/i.test(reason) || !hasBody);
  return status < 200 || (status >= 300 && status < 400) || isTunnel || [401, 407].includes(status);
}

function faults(body: string, header: (name: string) => string | undefined): readonly string[] {
  const encoding = header("content-encoding");
  // Bytes that were no text became this character, unless nothing was left of them.
  if (encoding !== undefined && /^\u001f|\ufffd/.test(body))
    return [`the body is still compressed (${encoding}): ask again with curl --compressed`];
  const promised = Number(header("content-length") ?? NaN);
  const there = new TextEncoder().encode(body).length;
  return encoding === undefined && there < promised
    ? [`the body is cut short: ${there} of ${promised} bytes`]
    : [];
}
