/** Messages on a socket that report an error. */
import { defineFamily } from "./family.js";

export const sockets = defineFamily({
  key: "sockets",
  singular: "socket",
  title: "Socket messages",
  about: "Messages on a socket that report an error.",
  channel: "socket",
  isByStatus: false,
  instance: "A frame, as parsed JSON or as text.",
  values: [
    {
      name: "socket",
      of: "message",
      means: (title) => `The error texts on a socket of the ${title}.`,
    },
  ],
});
