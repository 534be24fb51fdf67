/** How documents write what changes in a text: `%s`, `{name}`, `<name>`, `[firstName]` and `$1`. */

/** A notation of a hole; what its groups say is its name. */
export const hole =
  /%(?:\d+\$)?[-+ 0#]*\d*(?:\.\d+)?(?<printf>[sdiufgxX@v])(?!\w)|\$?\{\{?\s*(?<braced>[\w .-]*)\s*\}\}?|<(?<angled>[A-Za-z][\w -]{0,40})>|\[(?<square>[a-z][a-z]*(?:[A-Z_ -][A-Za-z]+)+)\]|(?<![\w$])\$(?<numbered>\d)(?!\d)/g;

/** What stands between the holes of a text; the text itself where it has none. */
export function betweenHoles(text: string): readonly string[] {
  return text.replace(hole, "\0").split("\0");
}
