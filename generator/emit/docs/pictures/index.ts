/** Every picture of an API. */
import type { OutputFile } from "../../../model/output-file.js";
import type { Book } from "../book.js";
import { image, own, text } from "../../markdown.js";
import { callPicture } from "./call.js";
import { decisionPicture } from "./decision.js";
import { waitsPicture } from "./waits.js";
import { windowsPicture } from "./windows.js";

/** A picture; pages have its content in words as well. */
export interface Picture {
  readonly name: string;
  /** What it shows, for those who do not see it. */
  title(api: Book["api"]): string;
  /** The SVG; `null` where the API has nothing to show. */
  draw(book: Book): string | null;
}

const all: readonly Picture[] = [decisionPicture, callPicture, waitsPicture, windowsPicture];

export function pictures(book: Book): readonly OutputFile[] {
  return all.flatMap((picture) => {
    const svg = picture.draw(book);
    return svg === null
      ? []
      : [{ path: `docs/${book.api.id}/pictures/${picture.name}.svg`, text: svg }];
  });
}

/** A picture on one of the API's own pages; nothing where there is none. */
export function picture(of: Picture, book: Book): string {
  if (of.draw(book) === null) return own("");
  return image(text(of.title(book.api)), `pictures/${of.name}.svg`);
}
