import { defineConfig, type ViteUserConfig } from "vitest/config";

/** Resolves sibling packages to their source, so tests need no build. */
const conditions = ["@rnn/source", "module", "import", "default"];

/** The one test configuration; every package's `vitest.config.ts` re-exports it. */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    environment: "node",
    // a hang, not a slow machine, is what ends a test
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

export default config;
