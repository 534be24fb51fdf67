/** The theme: one layout, a style sheet, and components that the two pages of `site/pages` import themselves. */
import type { Theme } from "vitepress";
import Layout from "./Layout.vue";
import "./style.css";

export default { Layout } satisfies Theme;
