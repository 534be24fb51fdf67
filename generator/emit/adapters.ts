/** The retry libraries that a package has adapters for, with the versions that these were measured with. */
export const adapters = {
  cockatiel: "3 and 4",
  "p-retry": "5 to 9",
  ky: "1.14 to 2",
  got: "11 to 16",
  "axios-retry": "4.3 and later",
} as const;
