/** One file to be written. */
export interface OutputFile {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Where in the catalog it comes from, if not from all of it. */
  readonly origin?: string;
  /** The id of the API that alone decides the text, if there is one. */
  readonly api?: string;
}
