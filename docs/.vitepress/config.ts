import { defineConfig } from "vitepress";

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
      { text: "Course", link: "/course/text-to-numbers" },
      { text: "Reference", link: "/reference/" },
    ],
    sidebar: {
      "/guide/": [{ text: "Guide", items: [{ text: "Getting started", link: "/guide/getting-started" }] }],
      "/course/": [{ text: "Course", items: [{ text: "Text to numbers", link: "/course/text-to-numbers" }] }],
      "/reference/": [
        {
          text: "Reference",
          items: ["text", "tensor", "nn", "train"].map((name) => ({
            text: `@rnn/${name}`,
            link: `/reference/${name}`,
          })),
        },
      ],
    },
    search: { provider: "local" },
    outline: [2, 3],
  },
});
