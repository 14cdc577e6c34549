import { defineConfig } from "vite";

/** The page. It uses the built packages, as any user's application would. */
export default defineConfig({
  base: "./",
  build: { outDir: "dist/page", target: "es2022", sourcemap: true },
  worker: { format: "es" },
});
