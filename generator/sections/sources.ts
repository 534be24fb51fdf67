/** The documents that facts are cited from. */
import type { Source } from "../model/trace.js";
import { object, ref } from "../read/json-schema.js";
import { defineSection } from "../resolve/section.js";

export const sources = defineSection({
  key: "sources",
  noun: "source",
  nouns: "sources",
  about: "The documents that facts are cited from.",
  schema: object(["title", "url", "read"], {
    title: ref("text"),
    url: ref("url"),
    read: ref("date", "The day it was read."),
    sha256: {
      description: "The SHA-256 of the text that was read, in hexadecimal.",
      type: "string",
      pattern: "^[0-9a-f]{64}$",
    },
  }),
  resolve: ({ name, place, value }): Source => {
    const { title, url, read, sha256 = null } = value;
    return { name, place, title, url, read, sha256 };
  },
});
