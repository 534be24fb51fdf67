/**
 * Code that carries its imports. A fragment knows how it is laid out and which names it uses, and a module imports what its
 * fragments use: nobody has to list it, and nothing is searched for in printed text. Prettier lays fragments out, from its
 * own documents rather than from parsed text, so that a module of any length costs what it is long.
 */
import { builders, printer } from "prettier/doc";

type Doc = builders.Doc;

const { fill, group, hardline, ifBreak, indent, indentIfBreak, line, literalline, softline } =
  builders;
const lists = builders.join;

/** A name that a module imports. */
export interface Use {
  readonly name: string;
  /** The module that exports it, from the root of the sources and without an ending: `runtime/decode`. */
  readonly from: string;
  readonly isType: boolean;
}

export interface Fragment {
  readonly doc: Doc;
  readonly uses: readonly Use[];
  /** Whether it is a union, which begins on a line of its own where it does not fit beside what it follows. */
  readonly isUnion?: true;
}

/** A fragment, or text that is code as it stands. */
export type Code = Fragment | string;

const docOf = (code: Code): Doc => (typeof code === "string" ? code : code.doc);

const none: readonly Use[] = [];

/** Most code uses nothing, and shares one empty list. */
function usesOf(codes: readonly Code[]): readonly Use[] {
  let only = none;
  const several: Use[] = [];
  for (const code of codes) {
    if (typeof code === "string" || code.uses.length === 0) continue;
    if (only === none) only = code.uses;
    else {
      // One by one: as arguments of one call, a hundred thousand are too many.
      if (several.length === 0) for (const use of only) several.push(use);
      for (const use of code.uses) several.push(use);
    }
  }
  return several.length === 0 ? only : several;
}

const fragment = (doc: Doc, codes: readonly Code[]): Fragment => ({ doc, uses: usesOf(codes) });

/** Code as it is written, with fragments in it. */
export function ts(fixed: TemplateStringsArray, ...codes: readonly Code[]): Fragment {
  const parts: Code[] = [];
  for (let i = 0; i < fixed.length; i++) {
    parts.push(fixed[i]!);
    if (i < codes.length) parts.push(codes[i]!);
  }
  return fragment(joined(parts), codes);
}

/** Texts beside each other are one text: the fewer documents, the sooner they are laid out. */
function joined(codes: readonly Code[]): Doc {
  const docs: Doc[] = [];
  let text = "";
  for (const code of codes) {
    const doc = docOf(code);
    if (typeof doc === "string") text += doc;
    else {
      if (text !== "") docs.push(text);
      text = "";
      docs.push(doc);
    }
  }
  if (text !== "" || docs.length === 0) docs.push(text);
  return docs.length === 1 ? docs[0]! : docs;
}

/** A value of another module. */
export function value(name: string, from: string): Fragment {
  return { doc: name, uses: [{ name, from, isType: false }] };
}

/** A type of another module. */
export function type(name: string, from: string): Fragment {
  return { doc: name, uses: [{ name, from, isType: true }] };
}

/** Pieces of code one after the other. */
export function concat(codes: readonly Code[]): Fragment {
  return fragment(joined(codes), codes);
}

/** Pieces of code on lines of their own. */
export function lines(codes: readonly Code[]): Fragment {
  return fragment(lists(hardline, codes.map(docOf)), codes);
}

/** Lines of text that begin where they say, however deep they stand. */
export function verbatim(texts: readonly string[]): Fragment {
  return fragment(lists(literalline, [...texts]), []);
}

/** `(a, b)`, `<A, B>` or `[a, b]`: on one line, or each on its own. */
export function enclosed(
  [open, close]: "()" | "<>" | "[]",
  codes: readonly Code[],
  shouldBreak = false,
): Fragment {
  if (codes.length === 0) return fragment([open!, close!], []);
  const items = lists([",", line], codes.map(docOf));
  const comma = open === "<" ? "" : ifBreak(",");
  return fragment(
    group([open!, indent([softline, items]), comma, softline, close!], { shouldBreak }),
    codes,
  );
}

/** `{ a: 1, b: 2 }`. */
export function braces(codes: readonly Code[]): Fragment {
  if (codes.length === 0) return fragment("{}", []);
  const items = lists([",", line], codes.map(docOf));
  return fragment(group(["{", indent([line, items]), ifBreak(","), line, "}"]), codes);
}

/** Numbers, as many on a line as fit. */
export function numbers(codes: readonly Code[]): Fragment {
  const items = codes.flatMap((code, i): Doc[] =>
    i < codes.length - 1 ? [[docOf(code), ","], line] : [docOf(code)],
  );
  return fragment(
    group(["[", indent([softline, fill(items)]), ifBreak(","), softline, "]"]),
    codes,
  );
}

/** A body in braces, each part on a line of its own. */
export function block(open: Code, codes: readonly Code[]): Fragment {
  const body = codes.map((code): Doc => [hardline, docOf(code)]);
  return fragment([docOf(open), " {", indent(body), hardline, "}"], [open, ...codes]);
}

/** The members of a type literal, on one line if none of them has a comment. */
export function members(codes: readonly Code[]): Fragment {
  const items = lists([";", line], codes.map(docOf));
  return fragment(group(["{", indent([line, items]), ifBreak(";"), line, "}"]), codes);
}

/** A type and what it follows, such as a `=`. */
export function typed(before: Code, type: Code): Fragment {
  const isUnion = typeof type !== "string" && type.isUnion === true;
  return isUnion ? following(before, type) : ts`${before} ${type}`;
}

/** `left = right`: the value begins on the next line where the left side leaves no room for its first character. */
export function assignment(left: Code, right: Code): Fragment {
  const groupId = Symbol("assignment");
  const gap = group(indent(line), { id: groupId });
  const value = indentIfBreak(docOf(right), { groupId });
  return fragment(group([group(docOf(left)), " =", gap, value]), [left, right]);
}

/** What follows a `:` or an `=`, on a line of its own where it does not fit beside it. */
export function following(before: Code, after: Code): Fragment {
  return fragment([docOf(before), group(indent([line, docOf(after)]))], [before, after]);
}

/** Alternatives, on one line or each on its own. */
export function alternatives(codes: readonly Code[]): Fragment {
  const [only] = codes;
  if (only === undefined) return fragment("never", []);
  if (codes.length === 1) return fragment(docOf(only), codes);
  const items = lists([line, "| "], codes.map(docOf));
  return { ...fragment(group([ifBreak("| "), items]), codes), isUnion: true };
}

/** `return a;`, in parentheses where it takes several lines. */
export function either(first: Code, second: Code): Fragment {
  const both = indent([softline, docOf(first), " ||", line, docOf(second)]);
  return fragment(group([ifBreak("("), both, softline, ifBreak(")")]), [first, second]);
}

/** `(a && b)`. */
export function both(first: Code, second: Code): Fragment {
  const inner = indent([docOf(first), " &&", line, docOf(second)]);
  return fragment(group(["(", inner, ")"]), [first, second]);
}

/** A function's signature, from its parameters to its result. */
export function signature(name: string, parameters: readonly Code[], result: Code): Fragment {
  const list = indent([softline, lists([",", line], parameters.map(docOf))]);
  const head = [name, "(", list, ifBreak(","), softline, "): ", docOf(result)];
  return fragment(group(head), [...parameters, result]);
}

/** The text of a fragment, and what it uses. */
export function printed({ doc: content }: Fragment): string {
  return printer.printDocToString(content, { printWidth: 100, tabWidth: 2, useTabs: false })
    .formatted;
}
