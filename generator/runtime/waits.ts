/** Waits and times as vendors write them. */
import { unitMs, wholeMs } from "./durations.js";

/**
 * What a plain number is. What names its own unit (`30s`, `PT30S`) or is a date is read as that, whatever the form; with
 * `duration`, `iso` and `http-date` a plain number is nothing that can be read.
 */
export type WaitForm =
  "seconds" | "minutes" | "ms" | "duration" | "http-date" | "iso" | "epoch-s" | "epoch-ms";

/** Each form, and whether something of it is a moment. */
const forms: Readonly<Record<WaitForm, boolean>> = {
  seconds: false,
  minutes: false,
  ms: false,
  duration: false,
  "http-date": true,
  iso: true,
  "epoch-s": true,
  "epoch-ms": true,
};

/** Whether something of this form is a moment; a length of time otherwise. */
export function isMoment(form: WaitForm): boolean {
  return forms[form];
}

/** Whether a type of a field is that of a wait. */
export function isWaitForm(type: string): type is WaitForm {
  return Object.hasOwn(forms, type);
}

/** For how long, or until when (in ms since 1970). */
export type Told = { readonly ms: number } | { readonly at: number };

/** What a text tells; `null` when it cannot be read. Parameters after a semicolon are no part of it. */
export function told(text: string, form: WaitForm): Told | null {
  if (hasThousands(text)) return null;
  const bare = text.split(";", 1)[0]!.trim();
  const number = Number(bare);
  // JSON's 1e21 and 1e999 are texts of their own here.
  if (/^[+-]?[0-9]+(\.[0-9]+)?$/.test(bare) || (String(number) === bare && bare !== "NaN")) {
    // Whatever it counts, it has passed.
    if (number < 0) return { ms: -1 };
    switch (form) {
      case "seconds":
        return { ms: wholeMs(number, unitMs.s) };
      case "minutes":
        return { ms: wholeMs(number, unitMs.m) };
      case "ms":
        return { ms: wholeMs(number, 1) };
      case "epoch-s":
        return { at: wholeMs(number, 1_000) };
      case "epoch-ms":
        return { at: wholeMs(number, 1) };
      default:
        return null;
    }
  }
  const ms = durationMs(bare);
  if (ms !== null) return { ms };
  const at = timeMs(bare);
  return at === null ? null : { at };
}

/** Whether a comma stands between thousands, as in `2,000`, where it ends no value of a list. */
export function hasThousands(text: string): boolean {
  return /[0-9],[0-9]{3}(?![0-9])/.test(text);
}

/** A duration that names its units, such as `1m26.4s`, `2 seconds` or `PT30S`, in ms. Never shorter than it was given. */
export function durationMs(text: string): number | null {
  const iso = /^P(?=.)(?:([0-9.]+)D)?(?:T(?=.)(?:([0-9.]+)H)?(?:([0-9.]+)M)?(?:([0-9.]+)S)?)?$/;
  const found = iso.exec(text);
  if (found !== null) {
    const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = found;
    return sum([days, unitMs.d], [hours, unitMs.h], [minutes, unitMs.m], [seconds, 1_000]);
  }
  const parts = [...text.matchAll(/([0-9]+(?:\.[0-9]+)?) ?([a-zµ]+)[, ]*/giy)];
  const length = parts.reduce((all, [part]) => all + part.length, 0);
  if (parts.length === 0 || length !== text.length) return null;
  return sum(
    ...parts.map(([, count, unit]) => [count!, units[unit!.toLowerCase()] ?? NaN] as const),
  );
}

function sum(...parts: readonly (readonly [count: string, unit: number])[]): number | null {
  const total = parts.reduce((all, [count, unit]) => all + Number(count) * unit, 0);
  return Number.isNaN(total) ? null : wholeMs(total, 1);
}

/** The names of units, in ms. */
export const units: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      ["ns", 1e-6],
      ["us µs", 1e-3],
      ["ms msec msecs millis millisecond milliseconds", 1],
      ["s sec secs second seconds", unitMs.s],
      ["m min mins minute minutes", unitMs.m],
      ["h hr hrs hour hours", unitMs.h],
      ["d day days", unitMs.d],
    ] as const
  ).flatMap(([names, ms]) => names.split(" ").map((name) => [name, ms])),
);

/** A date of HTTP or of ISO 8601, in ms since 1970. `Date.parse` by itself would read almost anything, and in local time. */
export function timeMs(text: string): number | null {
  const iso =
    /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|z|UTC|[+-]\d\d:?\d\d)$/.exec(
      text,
    );
  if (iso !== null) {
    const [, day, time, zone] = iso;
    const offset = /^[A-Za-z]/.test(zone!) ? "Z" : zone!.replace(/:?(\d\d)$/, ":$1");
    return parsed(`${day}T${time}${offset}`);
  }
  const current =
    /^[A-Z][a-z]{2}, \d?\d[ -][A-Z][a-z]{2}[ -]\d{4} \d\d:\d\d:\d\d (GMT|UTC|\+0000)$/;
  const rfc850 = /^[A-Z][a-z]+, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/;
  const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
  if (current.test(text) || rfc850.test(text)) return parsed(text);
  return asctime.test(text) ? parsed(`${text} GMT`) : null;
}

function parsed(date: string): number | null {
  const ms = Date.parse(date);
  return Number.isNaN(ms) ? null : ms;
}

/** Whether a wait that begins here in a text belongs to a longer number before it. */
export function isCutBefore(text: string, from: number): boolean {
  return /[0-9][.,:]?$/.test(text.slice(Math.max(0, from - 2), from));
}

/** Whether the text goes on with more of a wait that ends here: other units, more of a number, or a second wait. */
export function isCutAfter(text: string, from: number, to: number, form: WaitForm): boolean {
  const rest = text.slice(to, to + 40);
  if (/^[A-Za-z0-9%]|^[.,:–-][0-9]|^,? ?(and |to |or |- ?)?[0-9]/.test(rest)) return true;
  const unit = /^ ([A-Za-zµ]+)/.exec(rest)?.[1]?.toLowerCase() ?? "";
  const isPlain = form === "seconds" || form === "minutes" || form === "ms";
  if (!isPlain || units[unit] === undefined) return false;
  const [said, meant] = [
    durationMs(`${text.slice(from, to)} ${unit}`),
    told(text.slice(from, to), form),
  ];
  return meant === null || !("ms" in meant) || said !== meant.ms;
}
