/** Every picture of an API. */
import type { OutputFile } from "../../../model/output-file.js";
import type { RecognisedApi } from "../../../recognise/recognise.js";
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
  title(api: RecognisedApi): string;
  /** The SVG; `null` where the API has nothing to show. */
  draw(api: RecognisedApi): string | null;
}

const all: readonly Picture[] = [decisionPicture, callPicture, waitsPicture, windowsPicture];

export function pictures({ api }: Book): readonly OutputFile[] {
  return all.flatMap((picture) => {
    const svg = picture.draw(api);
    return svg === null ? [] : [{ path: `docs/${api.id}/pictures/${picture.name}.svg`, text: svg }];
  });
}

/** A picture on one of the API's own pages; nothing where there is none. */
export function picture(of: Picture, api: RecognisedApi): string {
  if (of.draw(api) === null) return own("");
  return image(text(of.title(api)), `pictures/${of.name}.svg`);
}
