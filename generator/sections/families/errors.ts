/** Errors, recognised by code, message, shape or a value in the body. */
import { defineFamily } from "./family.js";

export const errors = defineFamily({
  key: "errors",
  singular: "error",
  title: "Errors",
  about: "Errors recognised by code, message, shape or a value in the body.",
  channel: "http",
  isByStatus: false,
  instance: "A reply as { status, body }; the body is null when there is none.",
  values: [
    { name: "code", of: "code", means: (title) => `The codes of the ${title}.` },
    {
      name: "message",
      of: "message",
      means: (title) => `The texts by which errors of the ${title} are known.`,
    },
  ],
});
