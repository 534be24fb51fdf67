/** Text that YAML takes for a comment, as in `summary: Order #12 was refused`, which reads as "Order". */
import type { DiagnosticLog, SourceText } from "../diagnostics/log.js";

/** A comment behind a value on its line, unless it begins as comments do: with a space or another `#`. */
const comment = /(?<=\S)[ \t]+#[^\s#].*/y;

/** Reports the text that is lost behind a scalar without quotes. */
export function checkLostText(
  source: SourceText,
  { start, end }: { readonly start: number; readonly end: number },
  log: DiagnosticLog,
): void {
  comment.lastIndex = end;
  const [lost] = comment.exec(source.text) ?? [];
  if (lost === undefined) return;
  // A value in several lines is shown where it breaks off.
  const read = source.text.slice(start, end).split("\n").at(-1)!.trim();
  log.report(
    "yaml/lost-text",
    { source, start: end - read.length, end: end + lost.length },
    { read },
  );
}
