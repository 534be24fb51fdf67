/** HTTP statuses by number. */
import { defineFamily } from "./family.js";
import { httpStatuses } from "./http-statuses.js";

export const statuses = defineFamily({
  key: "statuses",
  singular: "status",
  title: "HTTP statuses",
  about: "HTTP statuses by number. A status is a fallback: errors are recognised first.",
  channel: "http",
  isByStatus: true,
  instance: "A reply as { status, body }; the body is null when there is none.",
  values: [
    { name: "status", of: "status", means: (title) => `The HTTP statuses of the ${title}.` },
  ],
  names: {
    description: "An HTTP status from 100 to 599, or all of a hundred that are not listed, as 5xx.",
    pattern: "^[1-5]([0-9][0-9]|xx)$",
  },
  nameOf: ({ written: status, value, place }, log) => {
    const name = value.name ?? httpStatuses[status];
    if (name === undefined) log.report("status/unregistered", place, { status });
    return name ?? `status-${status}`;
  },
});
