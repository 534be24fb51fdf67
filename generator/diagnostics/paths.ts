/** How paths are shown and written: with slashes, on Windows as well. */
import { relative, sep } from "node:path";

/** A path as one would write it in a folder, the current one unless another is given; `.` is that folder itself. */
export function shownPath(path: string, from = process.cwd()): string {
  return relative(from, path).split(sep).join("/") || ".";
}
