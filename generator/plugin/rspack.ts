/** The plug-in for Rspack. */
import type { UnpluginInstance } from "unplugin";
import type { GenerateOptions } from "../api.js";
import { errata } from "./errata.js";

const plugin: UnpluginInstance<GenerateOptions | undefined, false>["rspack"] = errata.rspack;
export default plugin;
