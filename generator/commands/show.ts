/** How the commands show what is wrong with a catalog. */
import type { Diagnostic } from "../diagnostics/log.js";
import { noticeOf } from "../diagnostics/notice.js";
import { pretty } from "../diagnostics/pretty.js";
import { type FormatName, formats } from "./formats/index.js";
import { addressOf } from "./pages.js";
import { complain, paint } from "./terminal.js";

/** Shows diagnostics in a format; to a person, with where the first of them is explained. */
export function show(diagnostics: readonly Diagnostic[], format: FormatName): void {
  const notices = diagnostics.map(noticeOf);
  const tell = (): void => {
    const { id } = diagnostics[0]!;
    const more = `More about ${id}: npx errata explain ${id}, or ${addressOf(id)}`;
    complain(`${pretty(diagnostics, paint)}${more}`);
  };
  formats[format]({ tell, data: { diagnostics: notices }, notices });
}
