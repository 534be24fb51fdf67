/** A file to a page. */
import { readFile, stat } from "node:fs/promises";
import { digest } from "../read/cache.js";
import { type Page, PageProblem, PageWriter } from "./page.js";

/** The most bytes that a page may have. */
const mostBytes = 5_000_000;

/** Reads a page; what it cannot be read as is thrown as a `PageProblem`. */
export async function readPage(path: string): Promise<Page> {
  const about = await stat(path).catch(() => null);
  if (about === null) throw new PageProblem("there is no such file");
  if (!about.isFile()) throw new PageProblem("it is no file");
  if (about.size > mostBytes)
    throw new PageProblem(
      `it has ${Math.round(about.size / 1_000_000)} MB, and a page may have 5; cut it to the part that is about errors`,
    );
  const bytes = await readFile(path);
  const sha256 = digest(bytes);
  const text = decoded(bytes);
  const page = new PageWriter();
  const isHtml = /^\s*(<!--[^]*?-->\s*)*<(!doctype html|html|head|body)\b/i.test(text);
  if (isHtml || /\.x?html?$/i.test(path)) {
    const { writeHtml } = await import("./html.js");
    writeHtml(text, page);
  } else {
    const { writeMarkdown } = await import("./markdown.js");
    writeMarkdown(text, page);
  }
  const { blocks, bodies } = page;
  return { format: isHtml ? "HTML" : "Markdown", sha256, blocks, bodies };
}

function decoded(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const utf16 =
    a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : null;
  try {
    const text = new TextDecoder(utf16 ?? "utf-8", { fatal: true }).decode(bytes);
    return text.replace(/\r\n?/g, "\n");
  } catch {
    throw new PageProblem("its bytes are neither UTF-8 nor UTF-16; save it as UTF-8");
  }
}
