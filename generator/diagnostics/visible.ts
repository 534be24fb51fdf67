/** Text that shows all that is in it. */

/** Characters that hide what a reviewer should see. Emoji and some scripts need a few of them, and lines end. */
export const hidden =
  /(?![\t\n\u200c\u200d\ufe0e\ufe0f])[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** A text on one line, without anything that drives a terminal. */
export function visible(text: string): string {
  return escaped(text.replace(/\n/g, "\\n"));
}

/** Control and invisible characters as escapes, so that a catalog cannot drive the terminal. */
export function escaped(text: string): string {
  return text.replace(hidden, (c) => {
    const code = c.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}
