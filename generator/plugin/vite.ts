/** The plug-in for Vite. */
import type { Plugin } from "vite";
import type { GenerateOptions } from "../api.js";
import { errata } from "./errata.js";

// In the bundler's own types: those of unplugin name every bundler, of which a project has one.
const plugin: (options?: GenerateOptions) => Plugin = errata.vite;
export default plugin;
