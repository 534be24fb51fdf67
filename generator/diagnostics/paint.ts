/** How a part of a text looks. What it looks like is the terminal's business. */
export type Style = "strong" | "faint" | "error" | "warning" | "good";

/** Sets off a part of a text; plain text is set off by nothing. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;
