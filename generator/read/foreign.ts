/** A document of somebody else's, such as a vendor's page, from its bytes to its text. */
import { readFile, stat } from "node:fs/promises";
import type { Place } from "../diagnostics/log.js";
import { shownPath } from "../diagnostics/paths.js";
import { digest } from "./cache.js";
import { wholeFile } from "./files.js";

/** Pages of errors are far smaller; more than this is an archive, a log or a mistake. */
const maxMegabytes = 10;
/** Parsers take time for each line, be it empty. */
const maxLines = 200_000;

export interface Foreign {
  /** With `\n` for line ends, and without a byte order mark. */
  readonly text: string;
  /** Of the bytes as they are on the disk, in hexadecimal. */
  readonly sha256: string;
  readonly unread?: never;
}

/** Why a document is no text: what is wrong, where, and what to do. */
export interface Unread {
  readonly unread: string;
  readonly help: string;
  readonly place: Place;
}

/** Reads a document in an encoding; without one in what its byte order mark says, or UTF-8. Never throws. */
export async function readForeign(path: string, encoding?: string): Promise<Foreign | Unread> {
  const refuse = (unread: string, help: string, place: Place = wholeFile(path)): Unread => ({
    ...{ unread, help, place },
  });
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    // Before anything is read, since reading and parsing is what takes the memory.
    if (size > maxMegabytes * 1_000_000)
      return refuse(
        `it has ${Math.round(size / 1_000_000)} MB, and ${maxMegabytes} MB is the most that is read`,
        "take only the part that lists the errors.",
      );
    bytes = await readFile(path);
  } catch (error) {
    return refuse(whyUnread(error), "name a file of text.");
  }
  const label = encoding ?? markOf(bytes) ?? "utf-8";
  let text: string;
  try {
    text = new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError)
      return refuse(`there is no encoding ${label}`, "name one such as windows-1252.");
    return refuse(
      `it is not ${label.toUpperCase()}`,
      "save it as UTF-8, or name its encoding, such as --encoding windows-1252.",
      undecoded(path, bytes, label),
    );
  }
  if (text.includes("\0"))
    return refuse("it is not a text: it has NUL characters", "name a file of text.");
  const shown = text.replace(/\r\n?/g, "\n");
  const lines = shown.split("\n").length;
  if (lines > maxLines)
    return refuse(
      `it has ${lines} lines, and ${maxLines} are the most that are read`,
      "take only the part that lists the errors.",
    );
  return { text: shown, sha256: digest(bytes) };
}

/** Whether a text is an HTML document, whatever its name promises. */
export function isHtml(text: string): boolean {
  const start = text.slice(0, 5_000);
  return /^\s*(?:<\?xml[^>]*>\s*|<!--[^]*?-->\s*)*<(?:!doctype html|html|head|body)\b/i.test(start);
}

/** The encoding that a byte order mark says. */
function markOf(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  return a === 0xfe && b === 0xff ? "utf-16be" : null;
}

/** The first character that is not of the encoding. */
function undecoded(path: string, bytes: Uint8Array, label: string): Place {
  let text: string;
  try {
    text = new TextDecoder(label).decode(bytes).replace(/\r\n/g, "\n");
  } catch {
    return wholeFile(path);
  }
  const start = Math.max(0, text.indexOf("\ufffd"));
  return { source: { file: shownPath(path), text }, start, end: start + 1 };
}

function whyUnread(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return message.split(",")[0]!;
}
