/** What is no TypeScript in the site, and what `.vitepress/modules.ts` makes. */
declare module "*.vue" {
  import type { Component } from "vue";
  const component: Component;
  export default component;
}
