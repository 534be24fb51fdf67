/** Message templates: fixed text with typed placeholders. Pure; it knows no catalog. */

import type { Part, Placeholder, PlaceholderType } from "../runtime/template.js";
import { units } from "../runtime/waits.js";

const count = "[0-9]+(?:\\.[0-9]+)?";
const spelled = `${count} ?(?:${Object.keys(units).join("|")})`;

/** What each type of placeholder stands for, as a regular expression without anchors or groups to capture. */
export const placeholderTypes: Readonly<
  Record<Exclude<PlaceholderType, "any">, { readonly pattern: string; readonly means: string }>
> = {
  text: { pattern: "[\\s\\S]+", means: "any text up to the character that follows in the message" },
  string: { pattern: "[\\s\\S]+", means: "any text, at least one character" },
  word: { pattern: "\\S+", means: "text without white space" },
  integer: { pattern: "-?[0-9]+", means: "digits, perhaps after a minus" },
  decimal: {
    pattern: "-?[0-9]+(?:\\.[0-9]+)?",
    means: "digits, perhaps after a minus and with a fraction",
  },
  currency: {
    pattern: "[A-Z][A-Z0-9]{2,9}",
    means: "a currency's code of 3 to 10 capitals and digits",
  },
  uuid: {
    pattern: "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    means: "a UUID",
  },
  duration: {
    pattern: `${spelled}(?:[, ]*${spelled})*|P(?:T?[0-9][0-9.]*[DHMS])+`,
    means: "numbers with their units, such as 30s, 2 minutes, 1m26.4s or PT30S",
  },
  seconds: { pattern: count, means: "seconds, perhaps with a fraction" },
  minutes: { pattern: count, means: "minutes, perhaps with a fraction" },
  ms: { pattern: count, means: "milliseconds" },
  "epoch-s": { pattern: count, means: "a moment in seconds since 1970" },
  "epoch-ms": { pattern: count, means: "a moment in milliseconds since 1970" },
  iso: {
    pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.+Z-]+",
    means: "a moment of ISO 8601 with its zone",
  },
  "http-date": {
    pattern: "[A-Z][a-z]{2}[A-Za-z0-9 ,:+-]{21,37}",
    means: "a date as HTTP headers have it",
  },
  "json-pointer": {
    pattern: "(?:/[^/\\s]*)+",
    means: "a JSON pointer without white space",
  },
};

/** Why a text is not a template, and the placeholder it is about. */
export interface TemplateProblem {
  readonly placeholder: string;
  readonly problem: "unclosed" | "untyped" | "unknown-type" | "unnamed" | "repeated";
  readonly type: string;
}

/** Splits `Stake {stake:decimal} is too high`; `\{`, `\}` and `\\` stand for themselves. */
export function parseTemplate(template: string): readonly Part[] | TemplateProblem {
  const parts: Part[] = [];
  const names = new Set<string>();
  let text = "";
  for (let i = 0; i < template.length; i++) {
    const c = template[i]!;
    if (c === "\\" && /[{}\\]/.test(template[i + 1] ?? "")) {
      text += template[++i]!;
      continue;
    }
    if (c !== "{") {
      text += c;
      continue;
    }
    const end = template.indexOf("}", i);
    const placeholder = template.slice(i + 1, end < 0 ? undefined : end);
    const [name = "", type = ""] = placeholder.split(/:(.*)/s);
    const problem =
      end < 0
        ? "unclosed"
        : !/^[a-z][A-Za-z0-9]*$/.test(name)
          ? "unnamed"
          : names.has(name)
            ? "repeated"
            : type === ""
              ? "untyped"
              : Object.hasOwn(placeholderTypes, type)
                ? null
                : "unknown-type";
    if (problem !== null) return { placeholder, problem, type };
    names.add(name);
    if (text !== "") parts.push(text);
    text = "";
    parts.push([name, type as PlaceholderType]);
    i = end;
  }
  if (text !== "") parts.push(text);
  return parts.map((part, i) => barred(part, parts[i + 1]));
}

/** A text is barred from what follows it, so that a template cannot run over into another one. */
function barred(part: Part, next: Part | undefined): Part {
  if (typeof part === "string" || part[1] !== "text" || typeof next !== "string") return part;
  return [part[0], part[1], next[0]!];
}

interface Message {
  readonly parts: readonly Part[];
  readonly part: "contains" | "starts" | "ends" | null;
  readonly fold: boolean;
}

/** A regular expression, anchored at both ends, for the texts that a template stands for. Valid with the `u` flag. */
export function templatePattern(parts: readonly Part[]): string {
  const body = parts.map((part) =>
    typeof part === "string" ? escapePattern(part) : `(?:${patternOf(part)})`,
  );
  return `^${body.join("")}$`;
}

/** The same of a text of which a part is known, or its letters in either case. */
export function messagePattern({ parts, part, fold }: Message): string {
  const fixed = fold ? anyCase : escapePattern;
  const body = parts.map((one) => (typeof one === "string" ? fixed(one) : `(?:${patternOf(one)})`));
  const [start, end] = [
    part === null || part === "starts" ? "^" : "",
    part === null || part === "ends" ? "$" : "",
  ];
  return `${start}${body.join("")}${end}`;
}

function anyCase(text: string): string {
  return Array.from(text, (c) => {
    const forms = [...new Set([c.toLowerCase(), c.toUpperCase(), c])];
    return forms.length === 1 ? escapePattern(c) : `(?:${forms.map(escapePattern).join("|")})`;
  }).join("");
}

function patternOf([, type, end]: Placeholder): string {
  if (type === "any") return "[\\s\\S]*";
  return end === undefined ? placeholderTypes[type].pattern : `[^${escapePattern(end)}]+`;
}

/** A text as a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
