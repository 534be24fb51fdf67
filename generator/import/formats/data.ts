/** YAML and JSON to a value whose parts know their lines. */
import { isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments } from "yaml";
import type { DiagnosticLog, SourceText } from "../../diagnostics/log.js";

export interface Data {
  readonly value: unknown;
  /** The line of what stands at a path, counted from 1. */
  lineOf(path: readonly (string | number)[]): number;
}

/** The first document of a text; `null` once the log says why there is none. */
export function readData(source: SourceText, format: string, log: DiagnosticLog): Data | null {
  const lines = new LineCounter();
  const refuse = (problem: string, start: number): null => {
    log.report("draft/format", { source, start, end: start + 1 }, { format, problem });
    return null;
  };
  const documents = parseAllDocuments(source.text, {
    ...{ lineCounter: lines, prettyErrors: false, merge: true },
  });
  if ("empty" in documents || documents[0] === undefined) return refuse("it is empty", 0);
  const [document] = documents;
  const [error] = document.errors;
  if (error !== undefined) return refuse(lowered(error.message), error.pos[0]);
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Aliases that unfold into more than any list needs.
    return refuse(lowered((error as Error).message), 0);
  }
  return {
    value,
    // What a merge key or an alias brings in has the line of where it is brought in.
    lineOf: (path) => {
      let [at, start]: [unknown, number] = [document.contents, 0];
      for (const step of [null, ...path]) {
        if (step !== null) at = within(at, step);
        if (!isNode(at)) break;
        start = at.range?.[0] ?? start;
      }
      return lines.linePos(start).line || 1;
    },
  };
}

/** What a map or a list has at a step. A key may be written as a number, as statuses are. */
function within(node: unknown, step: string | number): unknown {
  if (isSeq(node)) return node.items[Number(step)];
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))?.value;
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, "");
}
