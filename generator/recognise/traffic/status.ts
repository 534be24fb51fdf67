/** A status and a body as people write them down: `429 {"code": 7}`, or with the body below. */
import { type Recorded, statusOf } from "./recorded.js";

/** `429`, `HTTP 429 Too Many Requests` or `Status: 429`, and what follows in the same line or in the next ones. */
const line =
  /^(?:HTTP|[Ss]tatus)?:? *(\d{3})(?: +[A-Z][A-Za-z' -]*)?(?:[:,]? +(?=[[{"<])|\s*\n|$)([^]*)$/;

/** `null` where the text does not begin with a status: `429 orders were left out` does not. */
export function readStatus(text: string): Recorded | null {
  const [, digits, body = ""] = line.exec(text) ?? [];
  const status = statusOf(Number(digits));
  if (status === null) return null;
  return { kind: "response", of: null, status, headers: [], body: body.trim(), notes: [] };
}
