/** Reasons why a part of a request was declined in a response that is a success. */
import { defineFamily } from "./family.js";

export const declines = defineFamily({
  key: "declines",
  singular: "decline",
  title: "Declines",
  about: "Reasons why a part of a request was declined in a response that is a success.",
  channel: "items",
  isByStatus: false,
  instance: "A declined item.",
  values: [
    {
      name: "decline",
      of: "message",
      means: (title) => `The decline reasons of the ${title}, as they arrive.`,
    },
  ],
});
