/** What a section says of its nodes, in words that each target prints in its own way. */
import type { Entry } from "./entry.js";
import type { RetryRule } from "./retry.js";

/** Our own words as they stand; a text of the catalog; something from the wire; a thing to refer to. */
export type Piece =
  | { readonly own: string }
  | { readonly text: string }
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly entry: Entry }
  | { readonly rule: RetryRule };

export type Prose = readonly Piece[];

/** `` prose`Costs ${cost} tokens` ``: numbers as they are, strings as texts of the catalog. */
export function prose(
  fixed: TemplateStringsArray,
  ...pieces: readonly (string | number | Piece | Prose)[]
): Prose {
  return fixed.flatMap((own, i): Prose => {
    const piece = i < pieces.length ? pieces[i]! : [];
    return [...(own === "" ? [] : [{ own }]), ...piecesOf(piece)];
  });
}

function piecesOf(piece: string | number | Piece | Prose): Prose {
  if (typeof piece === "number") return [{ own: String(piece) }];
  if (typeof piece === "string") return piece === "" ? [] : [{ text: piece }];
  return "length" in piece ? piece : [piece];
}

/** Something from the wire, or a name of the catalog. */
export const code = (value: string): Piece => ({ code: value });
export const strong = (own: string): Piece => ({ strong: own });

/** Several of them, with words of ours between. */
export function joined(parts: readonly Prose[], separator = ", "): Prose {
  return parts.flatMap((part, i) => (i === 0 ? part : [{ own: separator }, ...part]));
}
