/** Enums in Python. A line for each member is all that is read of it, so it takes no parser. */
import { type Enum, type Member, readEnums } from "./enums.js";
import type { Format } from "./format.js";

export const python: Format = {
  name: "python",
  title: "Python",
  endings: ["py"],
  isSurely: (text) => /^class \w+\(.*Enum.*\):/m.test(text),
  read: async ({ text }) => readEnums(pythonEnums(text), []),
};

/** Classes of Python whose base is an Enum: `NAME = 1001`, `NAME = "word"  # why`, `NAME = 1001, "text"`. */
function pythonEnums(text: string): readonly Enum[] {
  const enums: { name: string; line: number; members: Member[] }[] = [];
  let open: (typeof enums)[number] | null = null;
  for (const [i, one] of text.split("\n").entries()) {
    const [, name] = /^\s*class\s+(\w+)\s*\(.*Enum.*\)\s*:/.exec(one) ?? [];
    if (name !== undefined) {
      open = { name, line: i + 1, members: [] };
      enums.push(open);
      continue;
    }
    if (/^\S/.test(one) && !one.startsWith("#")) open = null;
    const groups =
      /^\s+(?<key>[A-Z]\w*)\s*(?::\s*\w+\s*)?=\s*\(?\s*(?:(?<number>-?\d+)|["'](?<word>[^"']*)["'])\s*(?:,\s*["'](?<text>[^"']*)["'])?\s*\)?\s*(?:#\s*(?<says>.*))?$/.exec(
        one,
      )?.groups;
    if (open === null || groups === undefined) continue;
    const { key = "", number, word, text: words, says } = groups;
    const value = number === undefined ? (word ?? key) : Number(number);
    open.members.push({ name: key, value, says: words ?? says ?? "", line: i + 1 });
  }
  return enums;
}
