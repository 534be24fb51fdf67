/**
 * Pictures as SVG: 360 units wide, so that a phone shows them at full size; in light and in dark, as the reader's system
 * has it; with a title and a description for those who cannot see them. Any text of a catalog stays text.
 */

/** A piece of SVG. */
export type Shape = string & { readonly __shape: true };

const shape = (svg: string): Shape => svg as Shape;

export const width = 360;

/** The kinds of thing that have a colour of their own. */
export type Tone = "plain" | "go" | "look" | "stop";

const style = `
  svg { --paper: #ffffff; --card: #f3f5f7; --line: #c4ccd4; --ink: #1f2328; --soft: #57606a; --plain: #6e7781; --go: #1a7f37; --look: #8a5a00; --stop: #b42330; }
  @media (prefers-color-scheme: dark) { svg { --paper: #1b1f24; --card: #272c33; --line: #4b535d; --ink: #eceff3; --soft: #aab3bd; --plain: #98a1ab; --go: #56c46a; --look: #e0aa3e; --stop: #ff8a80; } }
  text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--ink); }
  .soft { fill: var(--soft); }
  .strong { font-weight: 600; }
  .card { fill: var(--card); stroke: var(--line); }
  .wire { fill: none; stroke: var(--line); stroke-width: 1.5; }
  .plain { --tone: var(--plain); } .go { --tone: var(--go); } .look { --tone: var(--look); } .stop { --tone: var(--stop); }
  .pill { fill: var(--card); stroke: var(--tone); stroke-width: 1.5; }
  .mark { fill: var(--tone); }
  .band { fill: var(--tone); opacity: 0.3; }
  text.toned { fill: var(--tone); }`;

/** A whole picture. `title` is its name, and `description` says in words what it shows. */
export function drawing(
  { title, description, height }: { title: string; description: string; height: number },
  shapes: readonly Shape[],
): string {
  const size = `viewBox="0 0 ${width} ${round(height)}" width="${width}" height="${round(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(title)}</title>`,
    `<desc id="d">${escaped(description)}</desc>`,
    `<style>${style}\n</style>`,
    `<rect width="${width}" height="${round(height)}" rx="8" style="fill: var(--paper)"/>`,
    ...shapes,
    "</svg>",
    "",
  ].join("\n");
}

export interface Words {
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly size?: number;
  readonly look?: string;
  readonly anchor?: "start" | "middle" | "end";
}

export function words(content: string, { x, y, size = 12, look, anchor }: Words): Shape {
  const attributes = [
    `x="${round(x)}" y="${round(y)}" font-size="${size}"`,
    ...(look === undefined ? [] : [`class="${look}"`]),
    ...(anchor === undefined ? [] : [`text-anchor="${anchor}"`]),
  ];
  return shape(`<text ${attributes.join(" ")}>${escaped(content)}</text>`);
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function box({ x, y, width, height }: Box, look: string, radius = 6): Shape {
  return shape(
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}" class="${look}"/>`,
  );
}

/** A line through points, with an arrow at its end if it leads somewhere. */
export function wire(points: readonly (readonly [number, number])[], isArrow = true): Shape {
  const path = points.map(([x, y]) => `${round(x)},${round(y)}`).join(" L");
  const [[fromX, fromY], [x, y]] = points.slice(-2) as [[number, number], [number, number]];
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [dx, dy] = [((x - fromX) / length) * 5, ((y - fromY) / length) * 5];
  const head = isArrow
    ? ` M${round(x - dx - dy)},${round(y - dy + dx)} L${round(x)},${round(y)} L${round(x - dx + dy)},${round(y - dy - dx)}`
    : "";
  return shape(`<path d="M${path}${head}" class="wire"/>`);
}

export function dot(x: number, y: number, tone: Tone, radius = 4): Shape {
  return shape(`<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" class="mark ${tone}"/>`);
}

/** Lines of at most so many units, and of these at most `most`; what is left out ends in an ellipsis. */
export function wrapped(content: string, room: number, size = 12, most = 3): readonly string[] {
  const lines: string[] = [];
  for (const word of content.split(/\s+/).flatMap((one) => broken(one, room, size))) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1]!}…`];
}

/** A word that is longer than a line, in pieces. */
function broken(word: string, room: number, size: number): readonly string[] {
  const pieces: string[] = [""];
  for (const character of word) {
    if (widthOf(pieces.at(-1)! + character, size) > room) pieces.push("");
    pieces[pieces.length - 1] += character;
  }
  return pieces;
}

/** About how wide a text is; there is no font to ask. */
export function widthOf(content: string, size: number): number {
  let ems = 0;
  for (const character of content)
    ems += /[iljt.,:;'|!()[\] ]/.test(character)
      ? 0.36
      : /[A-Zmw@%—…]/.test(character)
        ? 0.78
        : character > "\u2e80"
          ? 1.1
          : 0.6;
  return ems * size;
}

function round(units: number): number {
  return Math.round(units * 10) / 10;
}

/** Text in XML, without the characters that XML does not have. */
function escaped(content: string): string {
  return content
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]+/g, " ")
    .replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);
}
