/** The plug-in for Vite. */
import type { UnpluginInstance } from "unplugin";
import type { GenerateOptions } from "../api.js";
import { errata } from "./errata.js";

const plugin: UnpluginInstance<GenerateOptions | undefined, false>["vite"] = errata.vite;
export default plugin;
