import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** All tests with more random cases, and those that take minutes. */
export default mergeConfig(shared, {
  test: {
    include: ["test/full/*.full.ts"],
    setupFiles: ["test/full/many-runs.ts"],
    testTimeout: 1_200_000,
  },
});
