/** Where two texts differ, cut to a few lines. */
export interface Difference {
  /** The first line that differs, from 1. */
  readonly line: number;
  readonly before: Stretch;
  readonly after: Stretch;
}

interface Stretch {
  readonly lines: readonly string[];
  /** How many more lines there are. */
  readonly more: number;
}

const shownLines = 3;

export function difference(before: string, after: string): Difference {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++;
  const stretch = (lines: readonly string[]): Stretch => {
    const all = lines.slice(start, lines.length - end);
    return {
      lines: all.slice(0, shownLines).map((line) => line.slice(0, 120)),
      more: Math.max(0, all.length - shownLines),
    };
  };
  return { line: start + 1, before: stretch(a), after: stretch(b) };
}
