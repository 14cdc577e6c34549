import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import TextToNumbers from "./course/TextToNumbers.vue";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("TextToNumbers", TextToNumbers);
  },
} satisfies Theme;
