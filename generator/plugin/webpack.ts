/** The plug-in for webpack. */
import type { UnpluginInstance } from "unplugin";
import type { GenerateOptions } from "../api.js";
import { errata } from "./errata.js";

const plugin: UnpluginInstance<GenerateOptions | undefined, false>["webpack"] = errata.webpack;
export default plugin;
