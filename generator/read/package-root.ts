/** Where this package's own files are: two folders up, in the sources as in the build. */
export const packageRoot: URL = new URL("../../", import.meta.url);
