/** What people paste, read as a response: the output of `curl -i`, a status and a body, JSON with both, or a bare body. Pure. */

export interface Pasted {
  /** What it was taken for. */
  readonly as:
    "an HTTP response" | "a status and a body" | "JSON with a status and a body" | "a body";
  /** `null` where it has none. */
  readonly status: number | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function readPaste(text: string): Pasted {
  const pasted = text.replace(/^\uFEFF/, "").trim();
  return ofHttp(pasted) ?? ofStatus(pasted) ?? ofJson(pasted) ?? bare(pasted);
}

function bare(body: string): Pasted {
  return { as: "a body", status: null, headers: {}, body };
}

const statusLine = /^HTTP\/\d(?:\.\d)? +(\d{3})\b.*$/;

/** The last of the responses: `100 Continue`, redirects and proxies come before it. A command may stand above it. */
function ofHttp(pasted: string): Pasted | null {
  const lines = pasted.split(/\r?\n/);
  let at = lines.findIndex((line) => statusLine.test(line));
  if (at < 0) return null;
  for (;;) {
    const status = Number(statusLine.exec(lines[at]!)![1]);
    const end = lines.indexOf("", at);
    const head = lines.slice(at + 1, end < 0 ? undefined : end);
    const rest = end < 0 ? [] : lines.slice(end + 1);
    if (!statusLine.test(rest[0] ?? ""))
      return {
        as: "an HTTP response",
        status,
        headers: headersOf(head),
        body: rest.join("\n").trim(),
      };
    at = end + 1;
  }
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const line of lines) {
    const [, name, value = ""] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) headers[name.toLowerCase()] = value.trimEnd();
  }
  return { ...headers };
}

/** `429`, `HTTP 429 Too Many Requests`, `Status: 429`; then the body, in the same line or below it. */
function ofStatus(pasted: string): Pasted | null {
  const [, status, body] =
    /^(?:HTTP|[Ss]tatus)?:? *(\d{3})(?: +[A-Z][A-Za-z' -]*)?(?:[:,]? +(?=[[{"<])|\s*\n|$)([^]*)$/.exec(
      pasted,
    ) ?? [];
  if (status === undefined || Number(status) < 100 || Number(status) > 599) return null;
  return { as: "a status and a body", status: Number(status), headers: {}, body: body!.trim() };
}

/** `{ "status": 429, "body": { … } }`, as `errata decode` takes it. */
function ofJson(pasted: string): Pasted | null {
  if (!pasted.startsWith("{")) return null;
  let parsed: { status?: unknown; headers?: unknown; body?: unknown };
  try {
    parsed = JSON.parse(pasted) as typeof parsed;
  } catch {
    return null;
  }
  const { status, headers, body } = parsed;
  if (typeof status !== "number" || !Object.hasOwn(parsed, "body")) return null;
  return {
    as: "JSON with a status and a body",
    status,
    headers: namedIn(headers),
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

function namedIn(headers: unknown): Record<string, string> {
  if (typeof headers !== "object" || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
