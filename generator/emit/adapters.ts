/** What a package has adapters for: plain fetch, and retry libraries with the versions that these were measured with. */
export const adapters = {
  fetch: "of any platform",
  cockatiel: "3 and 4",
  "p-retry": "5 to 9",
  ky: "1.14 to 2",
  got: "11 to 16",
  "axios-retry": "4.3 and later",
} as const;
