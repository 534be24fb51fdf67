/** The formats in which commands say what they found. */
import { Option } from "commander";
import { printData } from "../terminal.js";
import type { Format } from "./format.js";
import { github } from "./github.js";
import { sarif } from "./sarif.js";

export const formats = {
  pretty: ({ tell }) => tell(),
  json: ({ data }) => printData(data),
  github,
  sarif,
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

/** `--format` of a command that finds something. */
export const formatOption = (): Option =>
  new Option("--format <format>", "output format; github annotates lines in GitHub Actions")
    .choices(Object.keys(formats))
    .default("pretty");
