/** The plug-in for webpack. */
import type { WebpackPluginInstance } from "webpack";
import type { GenerateOptions } from "../api.js";
import { errata } from "./errata.js";

// In the bundler's own types: those of unplugin name every bundler, of which a project has one.
const plugin: (options?: GenerateOptions) => WebpackPluginInstance = errata.webpack;
export default plugin;
