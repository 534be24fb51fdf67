/** The plug-in for esbuild. */
import type { Plugin } from "esbuild";
import type { GenerateOptions } from "../api.js";
import { errata } from "./errata.js";

// In the bundler's own types: those of unplugin name every bundler, of which a project has one.
const plugin: (options?: GenerateOptions) => Plugin = errata.esbuild;
export default plugin;
