/** The plug-in for esbuild. */
import type { UnpluginInstance } from "unplugin";
import type { GenerateOptions } from "../api.js";
import { errata } from "./errata.js";

const plugin: UnpluginInstance<GenerateOptions | undefined, false>["esbuild"] = errata.esbuild;
export default plugin;
