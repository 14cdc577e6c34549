import { readdirSync } from "node:fs";
import { defineConfig } from "vitepress";

/** Entry points by the page of their reference: "train-log" for @rnn/train/log. */
const entryPoints = ["text", "tensor", "nn", "train"].flatMap((name) => {
  const configs = readdirSync(new URL(`../../packages/${name}`, import.meta.url)).sort();
  const others = configs.flatMap((file) => file.match(/^api-extractor\.(\w+)\.json$/)?.[1] ?? []);
  return [name, ...others.map((entry) => `${name}-${entry}`)];
});

export default defineConfig({
  title: "rnn",
  description: "Recurrent neural networks for TypeScript",
  lang: "en",
  cleanUrls: true,
  head: [["link", { rel: "icon", href: "data:," }]],
  srcExclude: ["README.md"],
  // packages are ordinary ES modules; nothing needs to be pre-bundled for the server render
  vite: { ssr: { noExternal: [/^@rnn\//] } },
  themeConfig: {
    nav: [
      { text: "Guide", link: "/guide/getting-started" },
      { text: "Text to numbers", link: "/course/text-to-numbers" },
      { text: "Reference", link: "/reference/" },
    ],
    sidebar: {
      "/guide/": [{ text: "Guide", items: [{ text: "Getting started", link: "/guide/getting-started" }] }],
      "/course/": [
        { text: "Explained", items: [{ text: "Text to numbers", link: "/course/text-to-numbers" }] },
      ],
      "/reference/": [
        {
          text: "Reference",
          items: entryPoints.map((name) => ({
            text: `@rnn/${name.replace("-", "/")}`,
            link: `/reference/${name}`,
          })),
        },
      ],
    },
    search: { provider: "local" },
    outline: [2, 3],
  },
});
