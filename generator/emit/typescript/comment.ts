/** Doc comments. */
import { unicodeEscape } from "./literal.js";

/** What a doc comment says besides its text. */
export interface Tags {
  readonly deprecated?: string | null;
  /** An address. */
  readonly see?: string | null;
}

/** A doc comment, as the lines that it has; none where it says nothing. */
export function jsdoc(
  doc: string,
  { deprecated = null, see = null }: Tags = {},
): readonly string[] {
  const tags = [
    ...(deprecated === null ? [] : [`@deprecated ${safe(deprecated)}`]),
    ...(see === null ? [] : [`@see ${safe(see)}`]),
  ];
  const said = [safe(doc), ...tags].filter((part) => part !== "");
  if (said.length === 0) return [];
  const lines = said.join("\n").split("\n");
  if (lines.length === 1) return [`/** ${lines[0]} */`];
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"];
}

/** Text as the body of a comment: it cannot close it, start a tag, or hide characters. */
function safe(text: string): string {
  return (
    text
      .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
      .replace(
        /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
        unicodeEscape,
      )
      .replace(/\*(?=\/)/g, "*\\")
      // An entity, since the compiler looks for the letters of @internal behind a backslash, too.
      .replace(/(?<=^|[\s{])@|@(?=internal)/g, "&#64;")
  );
}
