/** The theme: one layout, its styles, and components that the two pages of `site/pages` import themselves. */
import type { Theme } from "vitepress";
import Layout from "./Layout.vue";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/page.css";

export default { Layout } satisfies Theme;
