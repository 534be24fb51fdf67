/** Workflow commands of GitHub Actions, which annotate the lines of a pull request. */
import type { Notice } from "../../diagnostics/notice.js";
import { print } from "../terminal.js";
import { type Format, fromRoot } from "./format.js";

const commands: Readonly<Record<Notice["level"], string>> = {
  error: "error",
  warning: "warning",
  note: "notice",
};

export const github: Format = ({ notices }) => notices.forEach((one) => print(annotation(one)));

function annotation({ id, level, says, help, at }: Notice): string {
  const properties = {
    ...(at !== null && { file: fromRoot(at.file), line: at.line, col: at.column }),
    ...(at?.end !== undefined && { endLine: at.end.line }),
    ...(at?.end?.line === at?.line && at?.end !== undefined && { endColumn: at.end.column }),
    title: id,
  };
  const listed = Object.entries(properties).map(
    ([name, value]) => `${name}=${property(`${value}`)}`,
  );
  const said = help === null ? says : `${says}\nhelp: ${help}`;
  return `::${commands[level]} ${listed.join(",")}::${message(said)}`;
}

/** A percent sign and the ends of lines would end a message, or begin another command. */
function message(text: string): string {
  return text.replace(/[%\r\n]/g, encodeURIComponent);
}

function property(text: string): string {
  return message(text).replace(/[:,]/g, encodeURIComponent);
}
