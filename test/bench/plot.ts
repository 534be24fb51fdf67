/** Draws time and memory of a cold build over the number of entries, for errata and the generators beside it. */
import type { BuildResult } from "./build.js";
import { foreign } from "./peers.js";
import { plotted } from "./plotted.js";

/** Colours that can be told apart on white and on black, also by the colour-blind; the shapes say the same. */
const colors = ["#d55e00", "#e69f00", "#3b8fd6", "#1fa37a"];
const shapes = ["circle", "diamond", "square", "triangle-up"];

const size = { width: 300, height: 260 };
/** The padding keeps the marks off the edges. */
const scale = { type: "log", nice: false, padding: 12 };

/** An SVG of both, side by side, that can be read on a light and on a dark page. */
export async function draw(result: BuildResult): Promise<string> {
  const [{ parse, View }, { compile }] = await Promise.all(["vega", "vega-lite"].map(foreign));
  const points = plotted(result);
  const entries = [...new Set(points.map((point) => point.entries))];
  const domain = [...new Set(points.map(({ generator }) => generator))];
  const panel = (field: "seconds" | "mebibytes", title: string): object => ({
    ...size,
    title,
    mark: { type: "line", point: { size: 60, filled: true }, strokeWidth: 2 },
    encoding: {
      x: {
        field: "entries",
        type: "quantitative",
        scale,
        axis: { labelFlush: false, values: entries, format: ",", title: "entries" },
      },
      y: {
        field,
        type: "quantitative",
        scale,
        axis: axis(points.map((point) => point[field])),
      },
      color: { field: "generator", scale: { domain, range: colors } },
      shape: { field: "generator", scale: { domain, range: shapes } },
    },
  });
  const spec = {
    data: { values: points },
    hconcat: [panel("seconds", "seconds"), panel("mebibytes", "peak memory, MiB")],
    background: null,
    config,
  };
  return themed(await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG());
}

/** Ticks at 1, 2 and 5 of each decade. */
function axis(values: readonly number[]): object {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const ticks = [];
  for (let decade = 10 ** Math.floor(Math.log10(least)); decade <= most; decade *= 10)
    ticks.push(...[1, 2, 5].map((digit) => Number((digit * decade).toPrecision(1))));
  return {
    values: ticks.filter((tick) => tick >= least && tick <= most),
    format: "~g",
    title: null,
  };
}

const ink = "currentColor";
const config = {
  font: "system-ui, sans-serif",
  view: { stroke: null },
  title: { color: ink, fontWeight: "normal", anchor: "start" },
  axis: {
    ...{ labelColor: ink, titleColor: ink, titleFontWeight: "normal", domainColor: ink },
    ...{ tickColor: ink, gridColor: ink, gridOpacity: 0.15 },
  },
  legend: {
    ...{ labelColor: ink, title: null, orient: "bottom", columns: 2, labelLimit: 300 },
    ...{ symbolSize: 80, symbolStrokeWidth: 2 },
  },
};

/** Lets what is drawn in the current colour follow the theme of the reader. */
function themed(svg: string): string {
  const style =
    "<style>svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#e6edf3}}</style>";
  return svg.replace(/<svg[^>]*>/, (tag) => `${tag}${style}`);
}
