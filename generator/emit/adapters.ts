/** The retry libraries that a package has adapters for, with the versions that they were written for. */
export const adapters = {
  cockatiel: "^3.2.0",
  "p-retry": "^7.1.0",
  ky: "^1.14.0",
  got: "^14.0.0",
  "axios-retry": "^4.5.0",
} as const;
