/** Where this package's own files are: one folder up, in the sources as in the build. */
export const packageRoot: URL = new URL("../", import.meta.url);
