/** Until when something holds, as a header says it. */
import { unitMs, wholeMs } from "./durations.js";

/** How a wait or a moment is written. */
export type WaitForm = "seconds" | "ms" | "epoch-s" | "epoch-ms" | "iso" | "http-date" | "duration";

/** For how long, or until when (in ms since 1970); `null` when it cannot be read. */
export function told(
  text: string,
  form: WaitForm,
): { readonly ms: number } | { readonly at: number } | null {
  if (/^[0-9]+(\.[0-9]+)?$/.test(text)) {
    const unit = form === "seconds" || form === "epoch-s" ? unitMs.s : 1;
    const ms = wholeMs(Number(text), unit);
    if (form === "seconds" || form === "ms") return { ms };
    return form === "epoch-s" || form === "epoch-ms" ? { at: ms } : null;
  }
  const parts =
    /^(?:PT)?(?=\d)(?:([\d.]+)h)?(?:([\d.]+)m(?!s))?(?:([\d.]+)s)?(?:([\d.]+)ms)?$/i.exec(text);
  if (parts !== null) {
    const [hours, minutes, seconds, ms] = parts
      .slice(1)
      .map((count: string | undefined) => Number(count ?? 0));
    const total = hours! * unitMs.h + minutes! * unitMs.m + seconds! * unitMs.s + ms!;
    return Number.isNaN(total) ? null : { ms: wholeMs(total, 1) };
  }
  const at = timeMs(text);
  return at === null ? null : { at };
}

/** A date of HTTP or of ISO 8601, in ms since 1970. `Date.parse` by itself would read almost anything. */
export function timeMs(text: string): number | null {
  const http = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
  const ms = http.test(text) || iso.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? null : ms;
}
