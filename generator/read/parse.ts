/** The text of a YAML file to a document. */
import {
  Composer,
  CST,
  type Document as YamlDocument,
  type ErrorCode,
  Lexer,
  type Node as YamlNode,
  Parser,
  visit,
  type YAMLError,
} from "yaml";
import type { DiagnosticLog, SourceText } from "../diagnostics/log.js";
import { checkLostText } from "./lost-text.js";
import { type Document, maxDepth, tags, tooDeep, Walk } from "./walk.js";

/** The text of one file as a document; `null` once the reasons why it is none are reported. */
export function parse(source: SourceText, log: DiagnosticLog): Document | null {
  const before = log.count;
  checkVersion(source, log);
  const tokens = tokenize(source, log);
  if (log.count > before) return null;
  const options = {
    version: "1.2",
    schema: "core",
    // Checked below with both places; the parser's own check is quadratic.
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
  } as const;
  const [yaml, second] = new Composer(options).compose(tokens, true, source.text.length);
  // What follows the first mistake is a guess of the parser's. Tags are found again below.
  const problem = yaml!.errors[0] ?? yaml!.warnings.find((w) => w.code !== "TAG_RESOLVE_FAILED");
  if (problem !== undefined) {
    const [start, end] = problem.pos;
    const last = Math.max(0, source.text.trimEnd().length - 1);
    const place = { source, start: Math.min(start, last), end: Math.max(end, start + 1) };
    if (problem.code === "TAG_RESOLVE_FAILED") log.report("yaml/unsupported", place, tags);
    else {
      const help = advice[problem.code] ?? "if this is text, put it in double quotes.";
      const cause = causeOf(problem, yaml!, source.text) ?? {
        start: place.start,
        end: place.end,
        help,
      };
      const { help: said, ...at } = cause;
      log.report("yaml/syntax", { source, ...at }, { problem: problem.message, help: said });
    }
    return null;
  }
  if (second !== undefined) {
    const [start] = second.range;
    log.report("yaml/unsupported", { source, start, end: start + 3 }, several);
    return null;
  }
  const walk = new Walk(source, yaml!, log);
  const value = walk.read(yaml!.contents as YamlNode | null);
  return log.count > before ? null : walk.document(value);
}

const several = { what: "more than one document per file", instead: "split the file." };

/** What helps most often, by the parser's code of the mistake. */
const advice: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: "double the backslash, or use single quotes.",
  BAD_INDENT: "start all lines of a map or list in the same column, and close every bracket.",
  BLOCK_AS_IMPLICIT_KEY: "put a value that contains a colon in double quotes.",
  MISSING_CHAR: "something opened before this is not closed.",
  MULTILINE_IMPLICIT_KEY: "end the key with a colon.",
  TAB_AS_INDENT: "indent with spaces.",
};

interface Cause {
  readonly start: number;
  readonly end: number;
  readonly help: string;
}

/** Where a mistake was made that the parser finds only later; `null` where it is where the parser found it. */
function causeOf({ code, pos }: YAMLError, yaml: YamlDocument, text: string): Cause | null {
  const lineEnd = (from: number): number => /\n|$/.exec(text.slice(from))!.index + from;
  if (code === "MISSING_CHAR") {
    let open: number | null = null;
    visit(yaml, {
      Scalar: (_, { type, range }) => {
        if (type?.startsWith("QUOTE") && range![1] >= pos[0]) open = range![0];
      },
    });
    if (open === null) return null;
    return { start: open, end: lineEnd(open), help: "close the quote that opens here." };
  }
  const end = lineEnd(pos[0]);
  // What stands deeper than the line above it is read as more of that line's value.
  if (code !== "BLOCK_AS_IMPLICIT_KEY" || /:(?:\s|$)/.test(text.slice(pos[0], end))) return null;
  const start = end + /\s*/.exec(text.slice(end))![0].length;
  return { start, end: lineEnd(start), help: "start this line in the column of the one above it." };
}

/** YAML 1.1 reads `NO` as false and `0012` as ten. */
function checkVersion(source: SourceText, log: DiagnosticLog): void {
  const other = /^%YAML(?![ \t]+1\.2(?:[ \t]|$)).*/m.exec(source.text);
  if (other === null) return;
  const place = { source, start: other.index, end: other.index + other[0].length };
  log.report("yaml/unsupported", place, {
    what: "YAML versions other than 1.2",
    instead: "remove this line.",
  });
}

/** The parser's tokens. It keeps a stack; all that follows is recursive, so nesting has to end here. */
function tokenize(source: SourceText, log: DiagnosticLog): readonly CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let before = "";
  for (const lexeme of new Lexer().lex(source.text)) {
    tokens.push(...parser.next(lexeme));
    const start = parser.offset - lexeme.length;
    // The mark stands before a scalar without quotes. What is lost may be a bracket, so composing has to wait.
    if (before === CST.SCALAR) checkLostText(source, { start, end: parser.offset }, log);
    before = lexeme;
    // Besides the collections, the stack holds the document and perhaps a scalar.
    if (parser.stack.length > maxDepth + 2) {
      log.report("yaml/unsupported", { source, start, end: parser.offset }, tooDeep);
      return [];
    }
  }
  tokens.push(...parser.end());
  return tokens;
}
