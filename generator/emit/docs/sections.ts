/** What an API has besides entries: a part for each section that says something. */
import type { Shape } from "../../model/channel.js";
import type { Piece, Prose } from "../../model/prose.js";
import type { Traced } from "../../model/trace.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { nodesOf, sections } from "../../sections/index.js";
import { retry } from "../../sections/retry.js";
import {
  anchor,
  bold,
  code,
  heading,
  type Inline,
  join,
  line,
  list,
  own,
  text,
} from "../markdown.js";
import type { Symbols } from "../target.js";
import { type ApiLinks, ruleAnchor } from "./address.js";
import { reasons, traceFacts } from "./trace.js";

/** A node of a section that says something of its nodes. */
type Described = Traced & { readonly summary: string };

export function sectionBlocks(
  api: RecognisedApi,
  symbols: Symbols,
  links: ApiLinks,
  keys: readonly string[],
): readonly string[] {
  const described = sections.filter(({ key, docs }) => docs !== undefined && keys.includes(key));
  const [last, first] = [true, false].map((isLast) =>
    described.filter(({ docs }) => (docs?.isLast ?? false) === isLast),
  ) as [typeof described, typeof described];
  return [...first, ...last].flatMap((section) => {
    const { key, docs, builtIn } = section;
    const nodes = nodesOf(api, section) as readonly Described[];
    const implied = new Set(builtIn?.(api.place).map(({ name }) => name));
    const shown = nodes.filter((node) => !implied.has(node.name) || api.referred.has(node));
    if (nodes.length === 0) return [];
    return [
      heading(2, text(docs!.title)),
      ...shown.flatMap((node) => [
        ...(key === retry.key ? [anchor(ruleAnchor(node))] : []),
        heading(3, code(node.name)),
        text(node.summary),
        list([
          ...symbolFacts(api, node, symbols),
          ...docs!.facts(node).map((prose) => written(prose, links)),
          ...reasons(node.trace),
          ...traceFacts(node.trace),
        ]),
      ]),
    ];
  });
}

function symbolFacts(api: RecognisedApi, node: Traced, symbols: Symbols): readonly Inline[] {
  if (!api.shapes.includes(node as Shape)) return [];
  const { type, guard } = symbols.shape(api, node as Shape);
  return [line`Type ${code(type)}, guard ${code(guard)}`];
}

/** Prose as Markdown. */
export function written(prose: Prose, links: ApiLinks): Inline {
  return join(
    prose.map((piece) => pieceOf(piece, links)),
    "",
  );
}

function pieceOf(piece: Piece, links: ApiLinks): Inline {
  if ("own" in piece) return own(piece.own);
  if ("text" in piece) return text(piece.text);
  if ("code" in piece) return code(piece.code);
  if ("strong" in piece) return bold(text(piece.strong));
  if ("rule" in piece) return links.rule(piece.rule);
  return links.entry(piece.entry);
}
